const names: Record<string, string> = {
  cond: 'Condition table',
  ridge: 'Ridge regression',
  mlp: 'Neural network (MLP)',
  boosting: 'Boosted trees',
  trees: 'Boosted trees',
  average: 'Average of members',
  embedding_net: 'PyTorch net over embeddings',
  mean: 'Training mean',
  zero: 'Zero',
};

/** What kind of model it is, for readers; a kind without a name of its own is shown as it is. */
export function modelKind(kind: string): string {
  return names[kind.toLowerCase()] ?? kind;
}
