namespace Hts.Training;

/// <summary>A node of a tree over binned features.</summary>
/// <param name="Column">Column it splits on, −1 for a leaf.</param>
/// <param name="Bin">Last bin of the first child.</param>
/// <param name="Child">Place of the first child in the list of nodes; the second follows it.</param>
/// <param name="Value">What a leaf adds.</param>
internal readonly record struct TreeNode(int Column, int Bin, int Child, float Value)
{
    public static TreeNode Inner(int column, int bin, int child) => new(column, bin, child, 0);

    public static TreeNode Leaf(float value) => new(-1, 0, 0, value);
}
