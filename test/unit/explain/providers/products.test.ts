import { products } from '../../../../src/explain/words/products.ts';
import { productsRecord } from './productsRecord.ts';
import { testSayings } from './recorded.ts';

testSayings('products under any name', products, productsRecord);
