import { Module } from '@nestjs/common';
import { MigrationsController } from './migrations.controller.js';

@Module({ controllers: [MigrationsController] })
export class AdminModule {}
