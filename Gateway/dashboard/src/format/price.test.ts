import { describe, expect, it } from 'vitest';
import { decimalsOf, price, unitsOf, volume } from './price';

describe('price', () => {
  it('finds the decimals that show each price exactly', () => {
    expect(decimalsOf([1_407_186, 1_407_200])).toBe(0);
    expect(decimalsOf([64_210.5, 64_210.25])).toBe(2);
    expect(decimalsOf([0.00001234])).toBe(8);
    expect(decimalsOf([])).toBe(0);
  });

  it('is not misled by binary fractions', () => {
    expect(decimalsOf([0.1 + 0.2])).toBe(1);
  });

  it('groups thousands', () => {
    expect(price(1_407_186, 0)).toBe('1,407,186');
    expect(price(64_210.5, 2)).toBe('64,210.50');
  });

  it('shortens volumes', () => {
    expect(volume(0.421_34)).toBe('0.4213');
    expect(volume(1_284)).toBe('1.28k');
    expect(volume(2_500_000)).toBe('2.5M');
    expect(volume(0)).toBe('0');
  });

  it('reads the units from the symbol', () => {
    expect(unitsOf('BTC_JPY')).toEqual({ base: 'BTC', quote: 'JPY' });
    expect(unitsOf('ETHUSDT')).toEqual({ base: 'ETH', quote: 'USDT' });
    expect(unitsOf('USDT')).toEqual({ base: 'USDT', quote: '' });
    expect(unitsOf('XYZ')).toEqual({ base: 'XYZ', quote: '' });
  });
});
