import { AuditActor } from './audit/audit-actor.entity.js';
import { AuditEntry } from './audit/audit-entry.entity.js';
import { Brand } from './catalog/brand.entity.js';
import { Category } from './catalog/category.entity.js';
import { Product } from './catalog/product.entity.js';
import { ProductVariant } from './catalog/product-variant.entity.js';
import { Tag } from './catalog/tag.entity.js';
import { Article } from './content/article.entity.js';
import { ArticleComment } from './content/article-comment.entity.js';
import { Review } from './content/review.entity.js';
import { Customer } from './customers/customer.entity.js';
import { CustomerAddress } from './customers/customer-address.entity.js';
import { CustomerGroup } from './customers/customer-group.entity.js';
import { CustomerProfile } from './customers/customer-profile.entity.js';
import { StockLevel } from './inventory/stock-level.entity.js';
import { StockMovement } from './inventory/stock-movement.entity.js';
import { Warehouse } from './inventory/warehouse.entity.js';
import { Coupon } from './orders/coupon.entity.js';
import { Order } from './orders/order.entity.js';
import { OrderLine } from './orders/order-line.entity.js';
import { CardPayment, Payment, TransferPayment } from './orders/payment.entity.js';
import { Shipment } from './orders/shipment.entity.js';
import { BestSeller } from './reports/best-seller.view.js';
import { ProductSales } from './reports/product-sales.view.js';

/**
 * Every entity of the app, for specs that need the model without the app. The app itself does not read this list: its
 * modules register their entities, and a spec holds the two together.
 */
export const exampleEntities = [
  AuditActor,
  AuditEntry,
  Brand,
  Category,
  Product,
  ProductVariant,
  Tag,
  Article,
  ArticleComment,
  Review,
  Customer,
  CustomerAddress,
  CustomerGroup,
  CustomerProfile,
  StockLevel,
  StockMovement,
  Warehouse,
  Coupon,
  Order,
  OrderLine,
  Payment,
  CardPayment,
  TransferPayment,
  Shipment,
  BestSeller,
  ProductSales,
];
