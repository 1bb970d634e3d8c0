import type { PipeTransform } from '@nestjs/common';
import { BadRequestException } from '@nestjs/common';
import type { Reader } from './reader.js';
import { InputError } from './reader.js';

/** Returns a pipe that reads a body, query or parameter, and answers 400 with every problem of it. */
export function input<T>(read: Reader<T>): PipeTransform<unknown, T> {
  return {
    transform: (value) => {
      try {
        return read(value);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        throw new BadRequestException({ message: 'the input is wrong', problems: error.problems });
      }
    },
  };
}
