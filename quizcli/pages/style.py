"""How pages look: on a phone and on a computer, in light and dark, on A4 and Letter paper.

Texts have a contrast of 4.5 or more with their ground and marks 3 or more, in light and dark.
"""

STYLE = """
:root{color-scheme:light dark;
--ground:#fdfdfb;--raised:#f1f1ec;--ink:#1d1f21;--quiet:#595c60;--line:#c9c9c2;--edge:#82827a;
--accent:#0b5cad;--good:#17692f;--bad:#b3201a;--unsure:#7a5200;
--c0:#0b5cad;--c1:#b3480b;--c2:#17692f;--c3:#86348f;--c4:#6b5a00;--c5:#3f4347}
@media (prefers-color-scheme:dark){:root{
--ground:#191b1e;--raised:#24272b;--ink:#e8e8e4;--quiet:#a9adb3;--line:#41454b;--edge:#7f858d;
--accent:#79b4f2;--good:#6cc583;--bad:#ff8f86;--unsure:#e2b04a;
--c0:#79b4f2;--c1:#f2a25c;--c2:#6cc583;--c3:#d79be0;--c4:#d6c54c;--c5:#c3c7cc}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);
font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;
overflow-wrap:anywhere}
main{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0 1rem}
h2{font-size:1.3rem;line-height:1.3;margin:2.5rem 0 .75rem}
h3{font-size:1.05rem;margin:1.75rem 0 .5rem}
section{margin:0}
section+section>h2{border-top:1px solid var(--line);padding-top:1.5rem}
p,ul,ol,pre,figure{margin:.6rem 0}
a{color:var(--accent)}
code,pre,.aligned{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,
"DejaVu Sans Mono",monospace}
code{font-size:.92em;background:var(--raised);border-radius:3px;padding:.05em .3em}
pre{font-size:.88rem;line-height:1.35;overflow-x:auto;background:var(--raised);border-radius:4px;
padding:.7rem .8rem;overflow-wrap:normal}
pre code{background:none;padding:0;font-size:inherit}
.placed{white-space:pre-wrap}
.quiet,.tick,footer,.says{color:var(--quiet)}
.items,.options,.commands,.places{list-style:none;padding-left:0}
.items .d1{padding-left:1.2rem}.items .d2{padding-left:2.4rem}.items .d3{padding-left:3.6rem}
.commands code{display:inline-block;padding:.3em .6em}
.options li{display:grid;grid-template-columns:1.2rem auto 1fr;gap:0 .5rem;padding:.15rem .5rem;
border-radius:4px}
.options li>div{grid-column:3}
.options p{margin:0}
.options .picked{background:var(--raised)}
.letter{color:var(--accent);font-weight:600}
.chosen{color:var(--quiet);font-size:.88rem}
.reason{color:var(--quiet);padding:.1rem 0 .35rem}
.sign{font-weight:700}.good{color:var(--good)}.bad{color:var(--bad)}.unsure{color:var(--unsure)}
.aloud{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.earned{font-weight:600}
.wide{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;overflow-wrap:break-word;font-size:.95rem;min-width:min(100%,16rem)}
th,td{text-align:left;vertical-align:top;padding:.3rem .9rem .3rem 0;
border-bottom:1px solid var(--line)}
tbody td:first-child:not(.right){min-width:6.5rem}
thead th{color:var(--quiet);font-weight:600;border-bottom-color:var(--edge)}
.centred{text-align:center}
.right{text-align:right;font-variant-numeric:tabular-nums}
.aligned{font-size:.9rem;min-width:0;overflow-wrap:normal}
.aligned td{text-align:center;padding:.15rem .3rem}
.aligned th{font-weight:400;white-space:nowrap}
mark{background:none;color:var(--bad);font-weight:700}
figure{margin:1.2rem 0;break-inside:avoid}
figcaption{font-weight:600;margin-bottom:.3rem}
.says{font-size:.92rem;font-weight:400}
math{font-size:1.08em}
.display{display:block;overflow-x:auto;overflow-y:hidden;padding:.2rem 0}
mtable.cases mtd,mtable.align mtd:nth-child(even),mtable.aligned mtd:nth-child(even){
text-align:left}
mtable.align mtd:nth-child(odd),mtable.aligned mtd:nth-child(odd){text-align:right}
@media (max-width:34rem){.long{display:block;overflow-x:auto;overflow-y:hidden;padding:.2rem 0}}
svg{display:block;max-width:100%;overflow:visible}
svg text{font-size:13px;fill:var(--ink)}
svg .tick{fill:var(--quiet);font-size:12px}
svg .over{paint-order:stroke;stroke:var(--ground);stroke-width:3px}
.axis{stroke:var(--edge);stroke-width:1}
.grid{stroke:var(--line);stroke-width:1}
.zero{stroke:var(--edge);stroke-width:1}
.mark{stroke:var(--bad);stroke-width:2;stroke-dasharray:5 3}
.bar{fill:var(--c0)}
.bar.holds{fill:var(--good)}.bar.refuted{fill:var(--bad)}
.halo{stroke:var(--ground);stroke-width:6}
.interval{stroke:var(--ink);stroke-width:2}
.heat{fill:var(--c0)}
.frame{fill:none;stroke:var(--edge);stroke-width:1}
.line{fill:none;stroke-width:2.25;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.c0{stroke:var(--c0)}.c1{stroke:var(--c1);stroke-dasharray:9 4}
.c2{stroke:var(--c2);stroke-dasharray:3 3}.c3{stroke:var(--c3);stroke-dasharray:12 3 3 3}
.c4{stroke:var(--c4);stroke-dasharray:6 6}.c5{stroke:var(--c5);stroke-dasharray:1.5 4}
.line.holds{stroke:var(--good)}.line.refuted{stroke:var(--bad)}
footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.75rem;font-size:.88rem}
footer p{margin:.3rem 0}
@media (max-width:34rem){
.stacked,.stacked tbody,.stacked tr,.stacked td{display:block;width:100%}
.stacked thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.stacked tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
.stacked td{border:0;padding:.1rem 0;text-align:left}
.stacked td:first-child{font-weight:600}
.stacked td:has(>.lone){display:inline-block;width:auto;margin-right:.9em}
.stacked td:empty{display:none}
.stacked td[data-label]::before{content:attr(data-label) ": ";color:var(--quiet)}}
@media print{
:root{--ground:#fff;--raised:#f1f1ec;--ink:#000;--quiet:#444;--line:#bbb;--edge:#777;
--accent:#0b5cad;--good:#17692f;--bad:#b3201a;--unsure:#7a5200;
--c0:#0b5cad;--c1:#b3480b;--c2:#17692f;--c3:#86348f;--c4:#6b5a00;--c5:#3f4347}
body{font-size:10.5pt}
main{max-width:none;padding:0}
a{color:inherit}
h2,h3,figcaption{break-after:avoid}
tr,.options li,svg{break-inside:avoid}
.wide,pre{overflow:visible}
pre{white-space:pre-wrap}
svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@page{margin:16mm}
"""
