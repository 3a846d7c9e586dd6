r"""What each TeX command looks like: tables, and nothing that decides.

A line of a table names a command, its symbol, and what plain mode writes in its place (the
command's own name where nothing stands): ``leq ≤ <=``. Plain mode prefers ASCII that everybody
types (``<=``, ``->``) and takes words where no such habit exists (``is about``, ``given``).
"""

from __future__ import annotations

# command -> (symbol, what plain mode writes)
KeyConsole = dict[str, tuple[str, str]]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _read(lines: str) -> KeyConsole:
    table = {}
    for line in lines.strip().splitlines():
        for entry in line.split(";"):
            name, symbol, *spoken = entry.split()
            table[name] = (symbol, " ".join(spoken) or name)
    return table


# Letters touch their neighbours: ``\alpha x`` is αx.
LETTERS = _read("""
alpha α; beta β; gamma γ; delta δ; epsilon ϵ; zeta ζ; eta η; theta θ; iota ι; kappa κ; lambda λ
mu μ; nu ν; xi ξ; omicron ο; pi π; rho ρ; sigma σ; tau τ; upsilon υ; phi ϕ; chi χ; psi ψ; omega ω
varepsilon ε epsilon; vartheta ϑ theta; varkappa ϰ kappa; varpi ϖ pi; varrho ϱ rho
varsigma ς sigma; varphi φ phi; digamma ϝ
Alpha Α; Beta Β; Gamma Γ; Delta Δ; Epsilon Ε; Zeta Ζ; Eta Η; Theta Θ; Iota Ι; Kappa Κ; Lambda Λ
Mu Μ; Nu Ν; Xi Ξ; Omicron Ο; Pi Π; Rho Ρ; Sigma Σ; Tau Τ; Upsilon Υ; Phi Φ; Chi Χ; Psi Ψ; Omega Ω
partial ∂; nabla ∇; infty ∞ infinity; ell ℓ l; hbar ℏ; imath ı i; jmath ȷ j; Re ℜ Re; Im ℑ Im
emptyset ∅ the empty set; varnothing ∅ the empty set; aleph ℵ; angle ∠; top ⊤ T; bot ⊥ bottom
ldots … ...; dots … ...; dotsc … ...; dotsb … ...; cdots ⋯ ...; vdots ⋮ ...; ddots ⋱ ...
dagger † dagger; ddagger ‡; checkmark ✓ check; blacksquare ■; square □; bigcirc ○ circle
""")

# Operators and relations stand between spaces.
OPERATORS = _read("""
cdot · times; times × times; odot ⊙ elementwise times; otimes ⊗; oplus ⊕; ominus ⊖; ast *  *
star ⋆; circ ∘ after; bullet •; div ÷ divided by; pm ± plus or minus; mp ∓ minus or plus
leq ≤ <=; le ≤ <=; geq ≥ >=; ge ≥ >=; lt < <; gt > >; neq ≠ !=; ne ≠ !=; ll ≪ <<; gg ≫ >>
leqslant ≤ <=; geqslant ≥ >=; approx ≈ is about; simeq ≃ is about; cong ≅ is congruent to
equiv ≡ is identical to; sim ~ ~; propto ∝ is proportional to; coloneqq ≔ :=; triangleq ≜ :=
in ∈ in; notin ∉ not in; ni ∋ contains; subset ⊂ subset of; subseteq ⊆ subset of or equal to
supset ⊃ superset of; supseteq ⊇ superset of or equal to; cup ∪ union; cap ∩ intersection
setminus ∖ without; land ∧ and; wedge ∧ and; lor ∨ or; vee ∨ or; lnot ¬ not; neg ¬ not
forall ∀ for all; exists ∃ there is; therefore ∴; because ∵; perp ⊥ is perpendicular to
parallel ‖ is parallel to; models ⊨; vdash ⊢; prec ≺ precedes; succ ≻ follows
to → ->; rightarrow → ->; longrightarrow ⟶ ->; leftarrow ← <-; gets ← <-; longleftarrow ⟵ <-
leftrightarrow ↔ <->; Rightarrow ⇒ =>; implies ⇒ =>; Leftarrow ⇐ <=; impliedby ⇐ <=
Leftrightarrow ⇔ <=>; iff ⇔ <=>; mapsto ↦ maps to; hookrightarrow ↪ ->; uparrow ↑ up
downarrow ↓ down; rightharpoonup ⇀ ->; nrightarrow ↛ does not lead to
""")

# Big operators: plain mode reads their limits out, "sum from t=1 to T of".
BIG = _read("""
sum ∑ sum; prod ∏ product; coprod ∐ coproduct; int ∫ integral; iint ∬ double integral
oint ∮ contour integral; bigcup ⋃ union; bigcap ⋂ intersection; bigoplus ⨁ direct sum
bigotimes ⨂ tensor product; bigodot ⨀ elementwise product; bigvee ⋁ disjunction
bigwedge ⋀ conjunction
""")

# Words set upright, with a space before what they act on.
FUNCTIONS = _words(
    "arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker"
    " lg lim liminf limsup ln log max min mod Pr sec sgn sin sinh sup tan tanh"
)

# Delimiter -> its two sides, and what plain mode writes for them.
DELIMITERS = {
    "(": ("(", ")", "(", ")"),
    "[": ("[", "]", "[", "]"),
    "{": ("{", "}", "{", "}"),
    "langle": ("⟨", "⟩", "<", ">"),
    "lfloor": ("⌊", "⌋", "floor(", ")"),
    "lceil": ("⌈", "⌉", "ceil(", ")"),
    "lvert": ("|", "|", "abs(", ")"),
    "lVert": ("‖", "‖", "norm(", ")"),
}
# Every spelling of one side -> the delimiter it belongs to.
_NAMED = ("langle", "lfloor", "lceil", "lvert", "lVert")
OPENING = {"(": "(", "[": "[", "\\{": "{", "\\lbrace": "{", "\\lbrack": "["}
OPENING |= {"\\" + name: name for name in _NAMED}
CLOSING = {")": "(", "]": "[", "\\}": "{", "\\rbrace": "{", "\\rbrack": "["}
CLOSING |= {"\\r" + name[1:]: name for name in _NAMED}
BARS = {"|": "lvert", "\\vert": "lvert", "\\|": "lVert", "\\Vert": "lVert"}

SPACES = frozenset([",", ";", ":", ">", " ", "enspace", "thinspace", "space", "nobreakspace"])
WIDE_SPACES = frozenset(["quad", "qquad"])
# Commands that only place or size what follows.
DROPPED = _words(
    "! limits nolimits displaystyle textstyle scriptstyle big Big bigg Bigg bigl Bigl biggl Biggl"
    " bigr Bigr biggr Biggr bigm Bigm nonumber notag"
)
LITERALS = frozenset("%&#_$")

# accent -> (combining character, the word for it)
ACCENTS = {
    "hat": ("\u0302", "hat"),
    "widehat": ("\u0302", "hat"),
    "tilde": ("\u0303", "tilde"),
    "widetilde": ("\u0303", "tilde"),
    "bar": ("\u0304", "bar"),
    "overline": ("\u0305", "bar"),
    "breve": ("\u0306", "breve"),
    "dot": ("\u0307", "dot"),
    "ddot": ("\u0308", "ddot"),
    "mathring": ("\u030a", "ring"),
    "check": ("\u030c", "check"),
    "underline": ("\u0332", "underlined"),
    "vec": ("\u20d7", "vec"),
    "acute": ("\u0301", "acute"),
    "grave": ("\u0300", "grave"),
}

# Styles that a terminal does not show; their content stands as it is.
STYLES = _words("mathrm mathbf mathit mathsf mathtt mathfrak mathnormal boldsymbol bm pmb")
# Words: what stands in the braces is text, hyphens and spaces included.
TEXTS = _words("text textrm textbf textit texttt textsf textnormal mbox hbox emph")

# environment -> (opening, between cells, closing)
ENVIRONMENTS = {
    "matrix": ("", ",", ""),
    "pmatrix": ("(", ",", ")"),
    "bmatrix": ("[", ",", "]"),
    "vmatrix": ("|", ",", "|"),
    "cases": ("{", ",", "}"),
    "aligned": ("", "", ""),
    "align": ("", "", ""),
    "align*": ("", "", ""),
}

_DOUBLE = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}
_SCRIPT = dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))


def double_struck(letter: str) -> str:
    """``R`` → ``ℝ``; whatever has no such form is returned as it is."""
    if "A" <= letter <= "Z":
        return _DOUBLE.get(letter) or chr(0x1D538 + ord(letter) - ord("A"))
    return "𝟙" if letter == "1" else letter


def calligraphic(letter: str) -> str:
    """``L`` → ``ℒ``; whatever has no such form is returned as it is."""
    if "A" <= letter <= "Z":
        return _SCRIPT.get(letter) or chr(0x1D49C + ord(letter) - ord("A"))
    return letter


# Only what common terminal fonts draw (DejaVu Sans Mono has no ˂ ˃, no raised ×, and of Greek
# letters θ alone; few have 𐞥 for q or ꟲ for C). There is no raised square bracket and no lowered
# angle bracket at all, so ``a^{[l]}`` and ``x_{<t}`` have no Unicode form.
SUPERSCRIPTS = dict(
    zip(
        "0123456789abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW+−=()<>*⋆′†⊤θ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ⁺⁻⁼⁽⁾‹›*⋆′†ᵀᶿ",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip(
        "0123456789aehijklmnoprstuvx+−=(),…",
        "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₋₌₍₎,…",
        strict=True,
    )
)
