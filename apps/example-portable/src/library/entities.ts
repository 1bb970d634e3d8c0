import { Author } from './author.entity.js';
import { Authorship } from './authorship.entity.js';
import { Book } from './book.entity.js';
import { Branch } from './branch.entity.js';
import { Copy } from './copy.entity.js';
import { Loan } from './loan.entity.js';
import { Member } from './member.entity.js';
import { Subject } from './subject.entity.js';
import { Tag } from './tag.entity.js';

/** The entities of the library. */
export const ENTITIES = [Author, Authorship, Book, Branch, Copy, Loan, Member, Subject, Tag];
