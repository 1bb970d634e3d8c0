import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Book } from './book.entity.js';

@Controller('books')
export class BooksController {
  constructor(@InjectRepository(Book) private readonly books: Repository<Book>) {}

  /** Every book by its title. */
  @Get()
  list(): Promise<Book[]> {
    return this.books.find({ order: { title: 'ASC' }, relations: { subject: true, tags: true } });
  }

  @Get(':isbn')
  async one(@Param('isbn') isbn: string): Promise<Book> {
    const book = await this.books.findOne({ where: { isbn }, relations: { copies: true } });
    if (book === null) throw new NotFoundException(`there is no book with the ISBN ${isbn}`);
    return book;
  }
}
