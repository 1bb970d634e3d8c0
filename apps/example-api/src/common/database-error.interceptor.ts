import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import {
  BadRequestException,
  ConflictException,
  Injectable,
  NotFoundException,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import { catchError, throwError } from 'rxjs';
import { EntityNotFoundError, OptimisticLockVersionMismatchError, QueryFailedError } from 'typeorm';

/** Fields of an error of node-postgres. */
interface PostgresError {
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
}

/** Answers what the database refuses with the status that tells the client what to do; the rest stays a 500. */
@Injectable()
export class DatabaseErrorInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(catchError((error: unknown) => throwError(() => toHttp(error))));
  }
}

function toHttp(error: unknown): unknown {
  if (error instanceof EntityNotFoundError) return new NotFoundException('there is no such thing');
  if (error instanceof OptimisticLockVersionMismatchError) {
    return new ConflictException('it has been changed meanwhile: read it again');
  }
  if (error instanceof QueryFailedError) return fromPostgres(error.driverError) ?? error;
  return error;
}

/** PostgreSQL manual, appendix A: class 23 is "integrity constraint violation". */
function fromPostgres({ code, constraint, table }: PostgresError): Error | undefined {
  const facts = { constraint, table };
  switch (code) {
    case '23505':
      return new ConflictException({ message: 'it exists already', ...facts });
    case '23001': // RESTRICT since PostgreSQL 18
    case '23503':
      return new ConflictException({ message: 'it is in use, or refers to nothing', ...facts });
    case '23514':
      return new BadRequestException({ message: 'a rule of the shop forbids it', ...facts });
    default:
      return undefined;
  }
}
