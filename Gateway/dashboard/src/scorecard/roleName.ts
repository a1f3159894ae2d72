const names: Record<string, string> = {
  cond: 'Table of means',
  ridge: 'Linear member',
  'news-blind': 'Without the news',
  anchor: 'Best of late',
  mean: 'Training mean',
  zero: 'No return at all',
};

/** A role's name for readers: "challenger:ridge" as "Challenger: ridge". */
export function roleName(role: string): string {
  return names[role] ?? role.charAt(0).toUpperCase() + role.slice(1).replace(':', ': ');
}
