import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BooksController } from './books.controller.js';
import { ENTITIES } from './entities.js';
import { LoansController } from './loans.controller.js';
import { LoansService } from './loans.service.js';

@Module({
  imports: [TypeOrmModule.forFeature(ENTITIES)],
  controllers: [BooksController, LoansController],
  providers: [LoansService],
})
export class LibraryModule {}
