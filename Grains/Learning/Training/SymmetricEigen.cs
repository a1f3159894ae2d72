namespace Hts.Training;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations, the largest first. Source: Golub, Van Loan, "Matrix
/// computations" (2013), §8.5. For some hundred columns; always the same result.
/// </summary>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 30;

    /// <param name="matrix">Size × size; overwritten.</param>
    /// <returns>Values, and vectors as rows in the same order.</returns>
    public static (double[] Values, double[][] Vectors) Of(double[][] matrix)
    {
        var size = matrix.Length;
        double[][] vectors = [.. Enumerable.Range(0, size).Select(i => Unit(size, i))];
        var scale = matrix.Sum(row => row.Sum(x => x * x));
        for (var sweep = 0; sweep < MaxSweeps && OffDiagonal(matrix) > 1e-22 * scale; sweep++)
            for (var p = 0; p < size; p++)
                for (var q = p + 1; q < size; q++)
                    Rotate(matrix, vectors, p, q);
        var order = Enumerable.Range(0, size).OrderByDescending(i => matrix[i][i]).ToArray();
        return ([.. order.Select(i => matrix[i][i])], [.. order.Select(i => vectors[i])]);
    }

    /// <summary>Brings the element (p, q) to nought.</summary>
    private static void Rotate(double[][] a, double[][] vectors, int p, int q)
    {
        if (a[p][q] == 0)
            return;
        var ratio = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        var tangent = Math.CopySign(1, ratio) / (Math.Abs(ratio) + Math.Sqrt(1 + (ratio * ratio)));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        var sine = tangent * cosine;
        Turn(a[p], a[q], cosine, sine);
        foreach (var row in a)
            (row[p], row[q]) = ((cosine * row[p]) - (sine * row[q]), (sine * row[p]) + (cosine * row[q]));
        Turn(vectors[p], vectors[q], cosine, sine);
    }

    private static void Turn(double[] first, double[] second, double cosine, double sine)
    {
        for (var i = 0; i < first.Length; i++)
            (first[i], second[i]) = ((cosine * first[i]) - (sine * second[i]), (sine * first[i]) + (cosine * second[i]));
    }

    private static double OffDiagonal(double[][] matrix)
    {
        double sum = 0;
        for (var i = 0; i < matrix.Length; i++)
            for (var j = 0; j < i; j++)
                sum += 2 * matrix[i][j] * matrix[i][j];
        return sum;
    }

    private static double[] Unit(int size, int place)
    {
        var unit = new double[size];
        unit[place] = 1;
        return unit;
    }
}
