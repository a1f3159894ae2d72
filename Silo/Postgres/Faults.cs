using System.Net.Sockets;
using Npgsql;

namespace Hts.Postgres;

internal static class Faults
{
    public static Fault Of(Exception error) => error switch
    {
        // Class 22: data that a type cannot hold; class 23: a constraint.
        PostgresException { SqlState: ['2', '2' or '3', ..] } => Fault.Row,
        // 53: out of disk, memory or connections; 57P: shutting down or starting; 40: deadlock or serialisation; 58: the server's own disk trouble.
        PostgresException p => p.IsTransient || p.SqlState is ['5', '3' or '8', ..] or ['5', '7', 'P', ..] or ['4', '0', ..] or ['0', '8', ..]
            ? Fault.Passing
            : Fault.Lasting,
        NpgsqlException or SocketException or IOException or TimeoutException => Fault.Passing,
        // Values that cannot even be put on the wire, such as a text with a zero character's surrogate half.
        ArgumentException or InvalidCastException or OverflowException or FormatException => Fault.Row,
        _ => Fault.Lasting,
    };
}
