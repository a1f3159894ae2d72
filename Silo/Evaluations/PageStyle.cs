namespace Hts.Evaluations;

/// <summary>The page's look: one column, both colour schemes, no font or picture from elsewhere.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--ink:#16202c;--soft:#5d6b7c;--line:#dfe4ea;--band:#e3f1e7;--good:#12805c;--bad:#b3372f;--warn:#9a6700;
        --s1:#2563c9;--s2:#d9730d;--s3:#7a8797;--s4:#8a4fbf;--s5:#0f8b8d;--s6:#b08900;--s7:#c2375d}
        @media(prefers-color-scheme:dark){:root{--page:#0f1419;--card:#171e26;--ink:#e6ebf1;--soft:#94a3b4;--line:#2a343f;--band:#173427;--good:#4cc38a;--bad:#ff7b72;--warn:#e3b341;
        --s1:#6ea8ff;--s2:#ff9f45;--s3:#8b98a8;--s4:#c197f0;--s5:#4fc9c6;--s6:#e0c04c;--s7:#ff7f9f}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
        main{max-width:1220px;margin:0 auto;padding:36px 24px 64px}
        h1{font-size:28px;line-height:1.2;margin:0 0 6px;letter-spacing:-.01em}
        h2{font-size:18px;margin:0 0 4px}
        h3{font-size:14px;margin:18px 0 6px;color:var(--soft);font-weight:600}
        p{margin:4px 0 12px;max-width:82ch}
        .lead{color:var(--soft)}
        section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px 22px;margin-top:18px}
        section>p{color:var(--soft)}
        .verdict{border-left:5px solid var(--tone);padding-left:20px}
        .verdict p{color:var(--ink);margin:6px 0}
        .verdict p:first-child{font-size:18px;font-weight:600}
        .good{--tone:var(--good)}.bad{--tone:var(--bad)}.even{--tone:var(--warn)}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;margin-top:18px}
        .tile{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px 16px}
        .tile span{display:block;color:var(--soft);font-size:13px}
        .tile b{font-size:24px;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
        .two{display:grid;grid-template-columns:1fr 1fr;gap:18px 28px}
        svg{display:block;width:100%;height:auto;overflow:visible}
        svg text{fill:var(--ink);font-size:12.5px}
        svg text.tick{fill:var(--soft);font-size:11.5px;font-variant-numeric:tabular-nums}
        svg text.on{fill:var(--card);font-weight:600}
        line.grid{stroke:var(--line)}line.zero{stroke:var(--soft);stroke-width:1.2}
        line.ideal{stroke:var(--soft);stroke-dasharray:4 4}
        line.whisker{stroke:var(--s1);stroke-width:2;stroke-linecap:round;opacity:.55}
        rect.band{fill:var(--band)}
        .c1{--c:var(--s1)}.c2{--c:var(--s2)}.c3{--c:var(--s3)}.c4{--c:var(--s4)}.c5{--c:var(--s5)}.c6{--c:var(--s6)}.c7{--c:var(--s7)}
        .fill{fill:var(--c)}
        .curve{fill:none;stroke:var(--c);stroke-width:1.8;stroke-linejoin:round}
        .curve.c1{stroke-width:2.6}.curve.c2{stroke-dasharray:5 4}
        .legend{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:13px;margin:8px 0 0}
        .key::before{content:"";display:inline-block;width:14px;height:4px;border-radius:2px;margin-right:6px;vertical-align:middle;background:var(--c)}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}
        th,td{padding:6px 10px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
        th:first-child{text-align:left}
        thead th{color:var(--soft);font-weight:600;font-size:12.5px}
        tbody th{font-weight:600}
        tr:last-child>*{border-bottom:0}
        .ci,.none{color:var(--soft);font-size:12px}
        .wide .ci{display:block}.wide td,.wide th{padding:6px 8px}
        .far{color:var(--bad);font-weight:600}
        details{margin-top:10px}summary{cursor:pointer;color:var(--soft)}
        footer{color:var(--soft);font-size:13px;margin-top:22px}
        @media(max-width:900px){.two{grid-template-columns:1fr}}
        @media(max-width:520px){main{padding:20px 12px}section{padding:16px 14px}}
        @media print{body{background:#fff}section,.tile{break-inside:avoid}}
        """;
}
