import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { input } from '../common/input/input.pipe.js';
import { slug } from '../common/input/values.js';
import type { NewReview } from './content.input.js';
import { newReview } from './content.input.js';
import type { Review } from './review.entity.js';
import type { ReviewSummary } from './reviews.service.js';
import { ReviewsService } from './reviews.service.js';

@Controller('products/:slug/reviews')
export class ReviewsController {
  constructor(private readonly reviews: ReviewsService) {}

  @Get()
  summary(@Param('slug', input(slug)) name: string): Promise<ReviewSummary> {
    return this.reviews.summary(name);
  }

  @Post()
  write(
    @Param('slug', input(slug)) name: string,
    @Body(input(newReview)) review: NewReview,
  ): Promise<Review> {
    return this.reviews.write(name, review);
  }
}
