export type View = 'forecast' | 'quality';

/** Name of the address's value that chooses the page. */
export const viewParameter = 'view';

export const views: readonly { value: View; text: string }[] = [
  { value: 'forecast', text: 'Forecast' },
  { value: 'quality', text: 'Data quality' },
];

/** The page that an address asks for; the forecast when it names none that exists. */
export function viewOf(asked: string | null): View {
  return views.find(({ value }) => value === asked)?.value ?? 'forecast';
}
