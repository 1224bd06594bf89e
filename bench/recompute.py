"""Recomputes the figures of a report from its items: python3 bench/recompute.py FOLDER

FOLDER holds report.json and items.jsonl. Needs Python 3.8 and nothing else, and shares no code with the program. Prints what differs and ends
with 1; else says how many figures agree. Not recomputed: planning (power, smallest margins, items needed), cells, what is read off texts.
"""
import hashlib, json, sys
from collections import Counter, defaultdict
from math import exp, hypot, inf, lgamma, copysign, log, sqrt
from pathlib import Path
from statistics import NormalDist

NORMAL, STATES = NormalDist(), ("BOTH_RIGHT", "LOST", "GAINED", "BOTH_WRONG")
logf = [lgamma(i + 1) for i in range(20000)]
comb = lambda n, k: logf[n] - logf[k] - logf[n - k]
xlog = lambda k, p: 0 if k == 0 else -inf if p <= 0 else k * log(p)
binom = lambda k, n, p: exp(comb(n, k) + xlog(k, p) + xlog(n - k, 1 - p))
differ, agree = [], 0

def same(what, found, told, tolerance=1e-6):
    global agree
    if isinstance(found, (list, tuple)):
        return [same(f"{what}[{i}]", a, b, tolerance) for i, (a, b) in enumerate(zip(found, told))]
    close = abs(found - told) <= tolerance if isinstance(found, float) and told is not None else found == told
    agree += close
    if not close:
        differ.append(f"{what}: {found} from the items, {told} in the report")

def bisect(low, high, inside):
    for _ in range(60):
        low, high = ((low + high) / 2, high) if inside((low + high) / 2) else (low, (low + high) / 2)
    return (low + high) / 2

def z(n, b, c, d):  # Tango's score
    f, e, g = 2 * n, -b - c + (2 * n - b + c) * d, -c * d * (1 - d)
    root = sqrt(max(0, e * e - 4 * f * g))
    p = -2 * g / (root + e) if e > 0 else (root - e) / (2 * f)
    v, top = n * (2 * p + d * (1 - d)), b - c - n * d
    return 0 if top == 0 else top / sqrt(v) if v > 0 else copysign(inf, top)

def tango(n, b, c, bound):  # of the drop
    d = (b - c) / n
    return bisect(-1, d, lambda x: z(n, b, c, x) > bound), bisect(d, 1, lambda x: z(n, b, c, x) > -bound)

def beta(x, a, b):  # regularised incomplete beta, by its continued fraction
    if x <= 0 or x >= 1 or x > (a + 1) / (a + b + 2):
        return 0 if x <= 0 else 1 if x >= 1 else 1 - beta(1 - x, b, a)
    c, d, h = 1, 1 / (1 - (a + b) * x / (a + 1)), 1 / (1 - (a + b) * x / (a + 1))
    for m in range(1, 400):
        for t in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d, c = 1 / (1 + t * d), 1 + t / c
            h *= d * c
    return exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) * h / a

student = lambda t, df: 1 - beta(df / (df + t * t), df / 2, .5) / 2 if t >= 0 else 1 - student(-t, df)
quantile = lambda p, df: bisect(0, 1000, lambda t: student(t, df) < p)
clopper = lambda k, n, tail: (0 if k == 0 else bisect(0, 1, lambda p: beta(p, k, n - k + 1) < tail), 1 if k == n else bisect(0, 1, lambda p: 1 - beta(p, k + 1, n - k) > tail))

def exact(n, b, c, d, alpha):  # p of "the drop is at least d": the heaviest tail over plausible shares of changing items
    seen, most, k = z(n, b, c, d), [], -1
    low, high = clopper(b + c, n, alpha / 1000)
    if max(low, abs(d)) > high or n > 3000:
        return alpha / 500 if n <= 3000 else NORMAL.cdf(seen)
    for m in range(n + 1):
        while k < m and z(n, k + 1, m - k - 1, d) <= seen: k += 1
        while k >= 0 and z(n, k, m - k, d) > seen: k -= 1
        most.append(k)
    def tail(psi):
        q, reach = min(1, (1 + (d / psi if psi else 0)) / 2), 7 * sqrt(n * psi * (1 - psi)) + 8
        ms = range(int(max(0, n * psi - reach)), int(min(n, n * psi + reach)) + 1)
        return sum(binom(m, n, psi) * sum(binom(k, m, q) for k in range(most[m] + 1)) for m in ms)
    low = max(low, abs(d))
    step = (high - low) / 32
    weight, at = max((tail(low + i * step), low + i * step) for i in range(33))
    for _ in range(8):
        step /= 2
        weight, at = max((weight, at), *((tail(x), x) for x in (max(low, at - step), min(high, at + step))))
    return min(1, alpha / 500 + weight)

def flips(sums):  # mid-p of all signs
    chances, total = [1.0], abs(sum(sums))
    for s in map(abs, filter(None, sums)):
        chances = [(x + y) / 2 for x, y in zip(chances + [0] * s, [0] * s + chances)]
    reach = len(chances) - 1
    return 1.0 if total == 0 else min(1, sum(p * ((abs(2 * u - reach) > total) + .5 * (abs(2 * u - reach) == total)) for u, p in enumerate(chances)))

def holm(ps, step_up=False):
    order, out, running = sorted(range(len(ps)), key=ps.__getitem__), [0] * len(ps), 1.0 if step_up else 0.0
    for rank, i in reversed(list(enumerate(order))) if step_up else enumerate(order):
        running = min(running, ps[i] * len(ps) / (rank + 1)) if step_up else max(running, min(1, (len(ps) - rank) * ps[i]))
        out[i] = running
    return out

def sandwich(values, clusters):  # mean, SE, design effect, degrees of freedom (CR2)
    n, mean, groups = len(values), sum(values) / len(values), defaultdict(list)
    for value, cluster in zip(values, clusters):
        groups[cluster].append(value - mean)
    plain = sum((v - mean) ** 2 for v in values) / n / (n - 1)
    if len(groups) < 2 or len(groups) == n:
        return mean, sqrt(plain), 1.0, n - 1.0, len(groups)
    w = [len(g) / n for g in groups.values()]
    h = [x * x / (1 - x) for x in w]
    robust = sum(sum(g) ** 2 / (1 - len(g) / n) for g in groups.values()) / n / n
    return mean, sqrt(robust), robust / plain if plain else 1.0, max(1, 1 / (sum(x * x for x in w) + sum(h) ** 2 - sum(x * x for x in h))), len(groups)

def wilson(k, n, q):
    half, size = q * sqrt(k * (n - k) / n + q * q / 4), n + q * q
    return (k + q * q / 2 - half) / size, (k + q * q / 2 + half) / size

def change(line):
    right = [line[side]["state"] == "SCORED" and line[side]["score"] >= .5 for side in ("base", "tunedOutcome")]
    scored = all(line[side]["state"] == "SCORED" for side in ("base", "tunedOutcome"))
    return STATES[2 * (not right[0]) + (not right[1])] if scored else "NOT_COMPARABLE"

def finding(f, lines, suite, alpha, floor):
    name, told = f"{f['suite']}/{f['tuned']}", Counter(map(change, lines))
    same(name + " changes", [change(x) for x in lines], [x["change"] for x in lines])
    lines = [x for x in lines if x["change"] != "NOT_COMPARABLE"]
    a, b, c, d = (told[s] for s in STATES)
    n, q, chance = a + b + c + d, NORMAL.inv_cdf(1 - alpha), suite["chance"] or 0
    same(name, [a, b, c, d, n, told["NOT_COMPARABLE"]], [f[k] for k in ("bothRight", "lost", "gained", "bothWrong", "n", "notComparable")])
    if n < 2:
        return
    base, drop, drops = (a + b) / n, (b - c) / n, [(x["change"] == "LOST") - (x["change"] == "GAINED") for x in lines]
    same(name + " scores", [base, (a + c) / n, -drop], [f["base"], f["tunedScore"], f["delta"]])
    groups, topics = defaultdict(list), defaultdict(list)
    for line, x in zip(lines, drops):
        groups[line["cluster"]].append(x)
        topics[line["topic"]].append((line["cluster"], x))
    _, _, effect, df, clusters = sandwich(drops, [x["cluster"] for x in lines])
    clustered = effect > 1 and max(map(len, groups.values())) > 1
    same(name + " clusters", [effect, clusters, clustered], [f["designEffect"], f["clusters"], f["clustered"]])
    plain, bound = tango(n, b, c, q), quantile(1 - alpha, df) * sqrt(effect) if clustered else q
    robust, noise = tango(n, b, c, bound), q * sqrt((floor["lost"] + floor["gained"]) / floor["n"] / n) if floor else 0
    hull = min(plain[0], robust[0], drop - noise), max(plain[1], robust[1], drop + noise)
    same(name + " Tango", [-plain[1], -plain[0]], f["tango"])
    ci, tests = (-f["ci"][1], -f["ci"][0]), (lambda x: exact(n, c, b, -x, alpha), lambda x: exact(n, b, c, x, alpha))
    for end, test, out in ((0, tests[0], -1), (1, tests[1], 1)):  # an end is that of the hull, or where the exact test begins to reject
        if abs(ci[end] - max(-1, min(1, hull[end]))) > 1e-6 and ci[end] not in (0, f["margin"]):
            same(f"{name} exact interval {end}", [test(ci[end]) <= alpha + 1e-6, test(ci[end] - out * 2e-6) > alpha - 1e-6, (ci[end] - hull[end]) * out > 0], [True] * 3)
    low = min(b, c)
    mid = 1.0 if b == c else min(1, 2 * sum(binom(i, b + c, .5) for i in range(low + 1)) - binom(low, b + c, .5))
    p = max(mid, flips([sum(g) for g in groups.values()]))
    score = z(n, b, c, f["margin"])
    robust_p = student(score / sqrt(effect), df) if clustered else 0
    same(name + " p", [mid, p, max(NORMAL.cdf(score), exact(n, b, c, f["margin"], alpha), robust_p)], [f["pMidMcNemar"], f["pChange"], f["pNonInferiority"]])
    if f["verdict"] != "UNINFORMATIVE" and told["NOT_COMPARABLE"] <= .05 * len(lines):
        verdict = "FAILED" if ci[0] > f["margin"] else ("REGRESSED" if ci[0] > 0 else "INCONCLUSIVE") if ci[1] >= f["margin"] else "IMPROVED" if ci[1] < 0 and f["pHolm"] <= alpha else "CERTIFIED_WITH_REGRESSION" if ci[0] > 0 else "CERTIFIED"
        same(name + " verdict", verdict, f["verdict"])
    for tier in f["tiers"]:
        t = Counter(x["change"] for x in lines if x["tier"] == tier["tier"])
        m = sum(t.values())
        same(f"{name} {tier['tier']}", [m, t["LOST"], t["GAINED"], *(-x for x in reversed(tango(m, t["LOST"], t["GAINED"], q)))], [tier["n"], tier["lost"], tier["gained"], *tier["ci"]])
    for kind in ("topic", "cluster"):
        rows = [r for r in f["drift"] if r["kind"] == kind]
        members = {r["name"]: topics[r["name"]] if kind == "topic" else [(r["name"], x) for x in groups[r["name"]]] for r in rows}
        ps = [flips([sum(x for k, x in members[r["name"]] if k == g) for g in {k for k, _ in members[r["name"]]}]) for r in rows]
        for r, x, hx, qx in zip(rows, ps, holm(ps), holm(ps, True)):
            counts = Counter(v for _, v in members[r["name"]])
            same(f"{name} {r['name']}", [sum(counts.values()), counts[1], counts[-1], x, hx, qx], [r["n"], r["lost"], r["gained"], r["p"], r["pHolm"], r["qDrift"]])
    by_chance = (1 - base) * (1 - (a + c) / n) * chance / (1 - chance)
    g = f["lossAndGain"]
    same(name + " beyond guessing", [by_chance, max(0, b / n - by_chance), max(0, c / n - by_chance)], [g["byChance"], g["trueLoss"], g["trueGain"]])
    same(name + " margin", f["margin"] / (base - chance) if base > chance else None, f["marginShareOfSkill"])
    if floor and f["excessFlips"]:
        k, m = floor["lost"] + floor["gained"], floor["n"]
        (l, u), (l0, u0), psi, psi0 = wilson(b + c, n, q), wilson(k, m, q), (b + c) / n, k / m
        same(name + " flips", [psi - psi0, psi - psi0 - hypot(psi - l, u0 - psi0), psi - psi0 + hypot(u - psi, psi0 - l0)], [f["excessFlips"]["excess"], *f["excessFlips"]["ci"]])
    if f["fixedSuite"]:
        part = sqrt(1 - n / suite["population"])
        same(name + " fixed suite", [-drop - hypot((-drop - f["ci"][0]) * part, noise), -drop + hypot((f["ci"][1] + drop) * part, noise)], f["fixedSuite"]["ci"])
    leads = [(x["tunedOutcome"]["details"].get("margin") or 0) - (x["base"]["details"].get("margin") or 0) for x in lines if "margin" in x["base"]["details"]]
    if f["logMargin"] and len(leads) == f["logMargin"]["n"]:
        mean, se, deff, df, _ = sandwich(leads, [x["cluster"] for x in lines if "margin" in x["base"]["details"]])
        se, df = (se, df) if deff > 1 else (se / sqrt(deff), n - 1)
        same(name + " lead", [mean, mean - quantile(1 - alpha, df) * se, mean + quantile(1 - alpha, df) * se], [f["logMargin"]["mean"], *f["logMargin"]["ci"]])

def main(folder):
    report, items = json.loads((folder / "report.json").read_text("utf-8")), (folder / "items.jsonl").read_bytes()
    same("items.jsonl", [hashlib.sha256(items).hexdigest(), items.count(b"\n")], [report["items"]["sha256"], report["items"]["lines"]])
    lines, alpha = defaultdict(list), report["audit"]["alpha"]
    for line in map(json.loads, items.decode("utf-8").splitlines()):
        lines[line["suite"], line["tuned"]].append(line)
    suites, floors, all = {s["suite"]: s for s in report["suites"]}, {x["suite"]: x for x in report["noiseFloor"]}, report["capabilities"]
    for f in all:
        finding(f, lines[f["suite"], f["tuned"]], suites[f["suite"]], alpha, floors.get(f["suite"]))
    same("Holm", holm([f["pChange"] for f in all]), [f["pHolm"] for f in all])
    passes = {"CERTIFIED", "CERTIFIED_WITH_REGRESSION", "IMPROVED"}
    for arm in report["tuned"] if report["verdict"] != "INCOMPLETE" else []:
        # Suites in which the base has nothing to lose are named and in nobody's way, but one has to be judged.
        own = [f["verdict"] for f in all if f["tuned"] == arm["name"] and f["suite"] not in arm["notJudged"]]
        held = [c["result"] for c in arm["conditions"] if c["kind"] != "JUDGED"]
        failed, good = "FAILED" in own or "FAIL" in held, own and passes >= set(own) and "NOT_PROVEN" not in held
        same(arm["name"], "FAIL" if failed else "PASS" if good else "NOT_PROVEN", arm["verdict"])
    claims = [len(all), sum(f["verdict"] in passes for f in all), sum(f["verdict"] in ("CERTIFIED_WITH_REGRESSION", "REGRESSED", "FAILED") for f in all), sum(f["verdict"] == "IMPROVED" for f in all)]
    same("claims", claims, [report["claims"][k] for k in ("findings", "certificates", "drops", "gains")])
    print("\n".join(differ) if differ else f"{agree} figures agree with the items.")
    return 1 if differ else 0

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
