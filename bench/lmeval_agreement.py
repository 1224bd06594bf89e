"""Runs the tasks of `palimpsest lm-eval run` beside lm-eval itself, on documents of our own, and compares every log-likelihood.

    lmeval_agreement.py data WORK               writes documents in the shape of each benchmark, and task files for lm-eval
    lmeval_agreement.py reference WORK MODEL    runs lm-eval (hf, float32, CPU) without shots and with five
    lmeval_agreement.py compare WORK MODEL [SHOTS]  runs palimpsest on the same documents; prints the table
    lmeval_agreement.py golden WORK OUT         the same documents and hashes of lm-eval's prompts, for the tests

A task file includes the installed one and says only where the documents lie, so prompts, few-shot examples and metrics are lm-eval's own.
The documents of arc, mmlu and truthfulqa are questions of our suites, those of the others are below.
"""

import glob
import json
import os
import shutil
import subprocess
import sys

from common import HERE, PALIMPSEST, read_jsonl

COMMAND = os.environ.get("PALIMPSEST", PALIMPSEST).split()
ASKED, SHOWN = 24, 9
SHOTS = {"arc": [0, 5], "hellaswag": [0, 5], "mmlu": [0, 5], "winogrande": [0, 5], "truthfulqa": [0], "gsm8k": [5]}
INSTALLED = {
    "arc": "arc/arc_easy.yaml",
    "hellaswag": "hellaswag/hellaswag.yaml",
    "mmlu": "mmlu/default/mmlu_miscellaneous.yaml",
    "winogrande": "winogrande/default.yaml",
    "truthfulqa": "truthfulqa/truthfulqa_mc1.yaml",
    "gsm8k": "gsm8k/gsm8k.yaml",
}
SPLITS = {"arc": "test", "mmlu": "test", "gsm8k": "test"}  # the others are asked from "validation"
LIMIT = {0: ASKED, 5: 12}  # documents, by the number of shots: long prompts take long
LIMIT_WRITTEN = 6  # of gsm8k

# activity, first part, second part, four endings of which the first is meant
SCENES = [
    ("Baking bread", "A woman kneads dough on a table.", "she", "puts it into a bowl to rise.", "throws it out of the window.", "reads it a letter.", "paints it blue."),
    ("Washing a car", "A man fills a bucket with water and soap.", "he", "rubs the doors with a sponge.", "drinks the bucket empty.", "sings to the wheels.", "eats the sponge with a fork."),
    ("Fishing", "Two boys sit on a pier with their rods.", "", "One of them pulls a small fish out of the water.", "One of them plants the rod in a flower bed.", "Both drive the pier to school.", "The fish reads the newspaper aloud."),
    ("Making tea", "[header] How to make tea [title] Boil the water. [step] Fill the kettle and wait until it boils.", "", "[substeps] Pour it over the leaves.", "[substeps] Pour it over your shoes.", "[substeps] Put the kettle to bed.", "[substeps] Fold the water twice."),
    ("Playing the violin", "A girl takes a violin out of its case.", "the Girl", "tunes the strings and begins to play.", "fills it with soup.", "rides away on it.", "hammers a nail with it."),
    ("Gardening", "An old man digs holes in a row.", "then he", "sets a young plant into each of them.", "jumps over the moon.", "pours concrete on his hat.", "calls the holes by telephone."),
    ("Skiing", "A skier stands at the top of the slope.", "SHE", "pushes off and glides down the hill.", "takes a bath in the snow.", "sells the mountain.", "boils her skis for an hour."),
    ("Cutting hair", "The barber puts a cloth around the customer.", "he", "combs the hair and starts to cut.", "plants grass on the mirror.", "cuts the chair in half.", "asks the scissors for money."),
    ("Painting a wall", "[header] How to paint a wall [title] Cover the floor. [step] Lay down old newspapers first.", "", "Then stir the paint slowly.", "Then stir the newspapers slowly.", "Then invite the paint to dinner.", "Then swim along the wall."),
    ("Rowing", "Four people carry a boat to the lake.", "they", "get in and take up the oars.", "get in and take off for Mars.", "peel the boat like an orange.", "whisper it a secret."),
    ("Lighting a fire", "A child gathers dry twigs in the wood.", "her father", "strikes a match and lights them.", "irons the twigs.", "teaches the twigs to swim.", "writes the twigs a cheque."),
    ("Writing a letter", "The student takes a sheet of paper and a pen.", "he", "writes the date in the corner.", "salts the paper and fries it.", "parks the pen in the garage.", "waters the sheet every day."),
    ("Playing chess", "Two friends sit down at the board.", "one", "moves a pawn two squares.", "moves the house two streets.", "butters the queen.", "lets the knight out for a walk."),
    ("Cooking pasta", "Water is boiling in a large pot.", "the cook", "adds salt and the pasta.", "adds a pair of boots.", "combs the water.", "plays the pot like a drum at midnight."),
    ("Mending a tyre", "A cyclist turns her bicycle upside down.", "she  then", "takes off the wheel and looks for the hole.", "asks the hole for its name.", "feeds the wheel with hay.", "packs the road into a bag."),
    ("Sailing", "The wind fills the white sail.", "the boat", "begins to move across the bay.", "begins to sing an aria.", "puts on a raincoat.", "climbs a tree."),
    ("Taking a photograph", "A tourist holds up his camera.", "he asks the others", "to stand closer together.", "to turn into pigeons.", "to swallow the tripod.", "to be yesterday."),
    ("Feeding a cat", "The cat waits beside its empty bowl.", "", "A boy opens a tin and fills the bowl.", "A boy opens a bank account for the bowl.", "The bowl waits beside its empty cat.", "A tin opens the boy."),
    ("Juggling", "A clown throws three balls into the air.", "he", "catches them one after the other.", "marries them one after the other.", "forgets gravity at home.", "sends them an invoice."),
    ("Sewing", "A tailor threads a needle.", "she", "sews the button back on the coat.", "sews the rain back on the cloud.", "eats the coat with a spoon.", "drives the needle to Rome."),
    ("Ironing", "He spreads a shirt on the board.", "he", "runs the hot iron over the sleeves.", "runs for president of the sleeves.", "reads the iron a story.", "drinks the shirt."),
    ("Climbing", "A climber checks the knot of her rope.", "she", "reaches for the first hold.", "reaches for the sugar of the rock.", "unties the mountain.", "ties the sun to a stone."),
    ("Packing", "An open suitcase lies on the bed.", "the traveller", "folds his shirts and puts them in.", "folds the bed and puts it on.", "asks the suitcase to dance.", "fills it with the sea."),
    ("Planting a tree", "The class carries a young oak to the hole.", "they", "fill in the earth around its roots.", "fill in a form around its roots.", "teach the oak to count.", "hide the hole in a drawer."),
    ("Swimming", "The swimmers stand on their blocks.", "at the signal they", "dive into the water.", "dive into the phone book.", "melt like butter.", "vote for the water."),
    ("Making a snowman", "The children roll a large ball of snow.", "they", "set a smaller one on top of it.", "set an example to it at noon.", "pay its rent.", "peel it carefully."),
    ("Shoeing a horse", "The smith lifts the hoof of the horse.", "he", "nails the new shoe to it.", "nails the old moon to it.", "asks it for the time.", "lends it a book."),
    ("Picking apples", "A ladder leans against the tree.", "a woman", "climbs up and fills her basket.", "climbs up and files her taxes.", "sells the ladder to the apples.", "plays the tree like a harp."),
    ("Folding a paper boat", "The boy folds the sheet down the middle.", "he", "turns down the corners to the fold.", "turns down the volume of the sheet.", "hires the sheet as a captain.", "sets the fold free."),
    ("Cleaning windows", "A man leans his ladder against the house.", "he", "wipes the glass with a cloth.", "wipes the house with a ladder.", "lets the glass rise overnight.", "folds the house into a cloth."),
    ("Café", "The wäiter brings two cups — one with milk, one without.", "élise", "takes the black one.", "takes the tower of Pisa.", "brings the wäiter two cups of milk of cups.", "is a cup."),
    ("Posting a parcel", "She ties a string around the box.", "she", "carries it to the post office.", "carries the post office to it.", "sows it in rows.", "wears it as a shoe."),
    ("Playing tennis", "The player throws the ball up.", "he", "hits it over the net.", "hits it with a poem.", "asks the net for help.", "boils it for ten minutes."),
]  # fmt: skip

# sentence, the two options, which is right in it; the twin ends otherwise and has the other one right
GAPS = [
    ("The cup did not fit into the box because the _ was too", "cup", "box", "big.", "small."),
    ("Anna thanked Maria because _ had", "Anna", "Maria", "received help.", "given help."),
    ("The ball broke the table because the _ was made of", "ball", "table", "steel.", "thin glass."),
    ("Paul could not lift Tom because _ was too", "Paul", "Tom", "weak.", "heavy."),
    ("We moved from the flat to the house because the _ was too", "flat", "house", "small for all of us, and dark.", "pretty to leave it to others."),
    ("The cat caught the mouse because the _ was", "cat", "mouse", "quick.", "slow."),
    ("The teacher praised the pupil, although the _ was", "teacher", "pupil", "strict.", "lazy."),
    ("Milk was poured from the jug into the glass until the _ was", "jug", "glass", "empty.", "full."),
    ("Ben lent Karl money because _ was", "Ben", "Karl", "generous.", "broke."),
    ("The path was shorter than the road, so the hikers took the _ to", "path", "road", "save time.", "see more of the valley."),
    ("Laura beat Ida at chess because _ had", "Laura", "Ida", "practised more.", "practised less."),
    ("The candle burned longer than the match because the _ was", "candle", "match", "thick.", "thin."),
    ("The dog chased the thief until the _ was", "dog", "thief", "tired of barking.", "arrested."),
    ("The lake froze before the river, so people skated on the _ and not on", "lake", "river", "the river.", "the lake."),
    ("Eva asked Rita the way because _", "Eva", "Rita", "was a stranger there.", "knew the town."),
    ("The shirt was dearer than the tie, so he bought the _ to", "shirt", "tie", "impress.", "save money."),
    ("The old bridge was replaced by a tunnel because the _ was", "bridge", "tunnel", "crumbling.", "safer."),
]  # fmt: skip


def choices(suite):
    return [i for i in read_jsonl(os.path.join(HERE, "..", "probes", suite, "items.jsonl")) if i["kind"] == "choice"]


def arc(i, item):
    n = [4, 3, 4, 2, 4][i % 5]  # how many choices; never without the right one
    keep = sorted({item["answer"], *[c for c in range(4) if c != item["answer"]][: n - 1]})
    labels = ("1234" if i % 3 == 2 else "ABCD")[: len(keep)]
    return {
        "id": f"own-{i}",
        "question": item["question"],
        "choices": {"text": [item["choices"][c] for c in keep], "label": list(labels)},
        "answerKey": labels[keep.index(item["answer"])],
    }


def hellaswag(i, scene):
    activity, first, second, *endings = scene
    right = i % 4
    endings = endings[1:][:right] + endings[:1] + endings[1:][right:]
    return {
        "ind": i, "activity_label": activity, "ctx_a": first, "ctx_b": second, "ctx": (first + " " + second).strip(), "endings": endings,
        "source_id": f"own~{i}", "split": "val", "split_type": "indomain", "label": str(right),
    }  # fmt: skip


def mmlu(item):
    return {"question": item["question"] + " " * (item["answer"] % 2), "subject": "miscellaneous", "choices": item["choices"], "answer": item["answer"]}


def truthfulqa(i, item):
    right = item["choices"][item["answer"]]
    wrong = [c for c in item["choices"] if c != right] + ["Nobody knows", "It depends on the weather", "I have no comment", "None of them", "The moon"][: i % 6]
    targets = {"choices": [c[0].upper() + c[1:] + "." for c in [right, *wrong]], "labels": [1] + [0] * len(wrong)}
    return {"question": item["question"], "mc1_targets": targets, "mc2_targets": targets}


def winogrande():
    for n, (start, one, two, first, second) in enumerate(GAPS):
        for twin, end in enumerate((first, second)):
            swap = n % 2  # so that the answer is not told by the twin's place
            options = [two, one] if swap else [one, two]
            yield {"sentence": f"{start} {end}", "option1": options[0], "option2": options[1], "answer": str(1 + (twin ^ swap))}


def gsm8k(i):
    names, things = ["Mia", "Jonas", "Aylin", "Piotr", "Chloé"], ["pears", "stamps", "marbles", "candles", "buttons", "coins", "shells"]
    a, b, c = 3 + 7 * i % 41, 2 + 5 * i % 9, 1000 + 10 * i if i % 4 == 3 else 4 + 3 * i % 17
    total = a * b + c
    question = f"{names[i % 5]} has {b} boxes with {a} {things[i % 7]} each and finds {c} more. How many {things[i % 7]} are there in all?"
    return {"question": question, "answer": f"The boxes hold {b} * {a} = <<{b}*{a}={a * b}>>{a * b}.\nTogether that is {a * b} + {c} = {total}.\n#### {total:,}"}


def documents():
    knowledge, reading = choices("knowledge"), choices("reasoning")
    need = ASKED + SHOWN
    return {
        "arc": [arc(i, item) for i, item in enumerate(knowledge[:need])],
        "mmlu": [mmlu(item) for item in knowledge[need : 2 * need]],
        "truthfulqa": [truthfulqa(i, item) for i, item in enumerate([q for q in reading if len(q["question"]) < 200][:need])],
        "hellaswag": [hellaswag(i, scene) for i, scene in enumerate(SCENES)],
        "winogrande": list(winogrande())[:need],
        "gsm8k": [gsm8k(i) for i in range(need)],
    }


def paths(work, task):
    return os.path.join(work, f"{task}.jsonl"), os.path.join(work, f"{task}-shots.jsonl")


def data(work):
    import lm_eval

    installed = os.path.join(os.path.dirname(lm_eval.__file__), "tasks")
    os.makedirs(os.path.join(work, "tasks"), exist_ok=True)
    for task, rows in documents().items():
        asked, shown = paths(work, task)
        # Two of the examples are asked too, which lm-eval leaves out of their own prompts in some tasks and not in others.
        for path, part in ((asked, rows[:ASKED]), (shown, rows[ASKED:] + rows[:2])):
            with open(path, "w") as f:
                f.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in part)
        files = {"train": os.path.abspath(shown), "dev": os.path.abspath(shown), SPLITS.get(task, "validation"): os.path.abspath(asked)}
        if task == "arc":
            files["validation"] = os.path.abspath(asked)
        config = {
            "include": os.path.join(installed, INSTALLED[task]),
            "task": f"own_{task}",
            "task_alias": f"own_{task}",
            "tag": [],
            "dataset_path": "json",
            "dataset_name": None,
            "dataset_kwargs": {"data_files": files},
        }
        with open(os.path.join(work, "tasks", f"own_{task}.yaml"), "w") as f:
            json.dump(config, f)  # YAML reads JSON


def reference(work, model):
    environment = dict(os.environ, HF_DATASETS_OFFLINE="1", HF_HUB_OFFLINE="1", HF_DATASETS_CACHE=os.path.join(work, "cache"), TOKENIZERS_PARALLELISM="false")
    for shots in (0, 5):
        tasks = [task for task in SHOTS if shots in SHOTS[task]]
        for group in ([t for t in tasks if t != "gsm8k"], [t for t in tasks if t == "gsm8k"]):
            if not group or all(glob.glob(samples(work, task, shots)) for task in group):
                continue
            subprocess.run(
                [sys.executable, "-m", "lm_eval", "run", "--model", "hf", "--model_args", f"pretrained={model},dtype=float32", "--device", "cpu",
                 "--batch_size", "8", "--tasks", ",".join(f"own_{t}" for t in group), "--num_fewshot", str(shots), "--include_path", os.path.join(work, "tasks"),
                 "--log_samples", "--output_path", os.path.join(work, f"reference-{shots}"), "--limit", str(limit(group[0], shots))],
                env=environment, check=True,
            )  # fmt: skip


def limit(task, shots):
    return LIMIT_WRITTEN if task == "gsm8k" else LIMIT[shots]


def samples(work, task, shots):
    return os.path.join(work, f"reference-{shots}", "*", f"samples_own_{task}_*.jsonl")


def theirs(work, task, shots):
    found = sorted(glob.glob(samples(work, task, shots)))
    return found[-1] if found else sys.exit(f"no samples of {task} with {shots} shots; run the step reference first")


def mine(work, task, shots, model):
    out = os.path.join(work, f"samples_{task}_{shots}.jsonl")
    asked, shown = paths(work, task)
    options = ["--limit", str(limit(task, shots)), *(["--shots-file", shown] if shots else [])]
    subprocess.run(
        [*COMMAND, "lm-eval", "run", "--checkpoint", model, "--task", task, "--file", asked, "--num-fewshot", str(shots), *options, "--out", out],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return out


def likelihoods(sample):
    return [float(each[0]) for each in sample["filtered_resps"]] if isinstance(sample["filtered_resps"][0], list) else []


def compare(work, model, only=None):
    print("| task | shots | items | prompts | document hashes | log-likelihoods | largest difference | metrics | written answers |\n|---|---|---|---|---|---|---|---|---|")
    for task, several in SHOTS.items():
        for shots in several:
            if only is not None and shots != int(only):
                continue
            ours, reference_ = (read_jsonl(path) for path in (mine(work, task, shots, model), theirs(work, task, shots)))
            assert len(ours) == len(reference_) and [s["doc_id"] for s in ours] == [s["doc_id"] for s in reference_]
            pairs = list(zip(ours, reference_))
            same = lambda test: f"{sum(bool(test(a, b)) for a, b in pairs)} of {len(pairs)}"  # noqa: E731
            gaps = [abs(x - y) for a, b in pairs for x, y in zip(likelihoods(a), likelihoods(b), strict=True)]
            print(
                f"| {task} | {shots} | {len({s['doc_id'] for s in ours})} | {same(lambda a, b: contexts(a) == contexts(b))} "
                f"| {same(lambda a, b: [a[k] for k in ('doc_hash', 'prompt_hash', 'target_hash')] == [b[k] for k in ('doc_hash', 'prompt_hash', 'target_hash')])} "
                f"| {len(gaps) or '–'} | {f'{max(gaps):.1e}' if gaps else '–'} | {same(lambda a, b: [a[m] for m in b['metrics']] == [b[m] for m in b['metrics']])} "
                f"| {'–' if gaps else same(lambda a, b: a['resps'] == b['resps'] and a['filtered_resps'] == b['filtered_resps'])} |",
                flush=True,
            )


def contexts(sample):
    arguments = sample["arguments"]
    return [[a["arg_0"], a["arg_1"] if isinstance(a["arg_1"], str) else ""] for a in arguments.values()]


def golden(work, out):
    """The documents of the tests, and what lm-eval makes of each without asking a model: prompts, choices and hashes."""
    from lm_eval.evaluator import hash_string
    from lm_eval.tasks import TaskManager

    os.makedirs(out, exist_ok=True)
    manager = TaskManager(include_path=os.path.join(work, "tasks"), include_defaults=False)
    for task, several in SHOTS.items():
        for path in paths(work, task):
            shutil.copy(path, out)
        for shots in several:
            loaded = manager.load([f"own_{task}"])["tasks"][f"own_{task}"]
            loaded.set_config(key="num_fewshot", value=shots)
            loaded.set_fewshot_seed(seed=1234)
            loaded.build_all_requests()
            rows = {}
            for each in loaded.instances:
                row = rows.setdefault(each.doc_id, {"doc_id": each.doc_id, "target": str(loaded.doc_to_target(each.doc)), "prompts": []})
                row["doc_hash"] = hash_string(json.dumps(each.doc, indent=2, ensure_ascii=False))
                row["prompts"].append(hash_string(each.args[0] + "|" + (each.args[1] if isinstance(each.args[1], str) else "")))
            with open(os.path.join(out, f"{task}-{shots}-expected.jsonl"), "w") as f:
                f.writelines(json.dumps(row) + "\n" for row in rows.values())
            first = [each.args[0] for each in loaded.instances if each.doc_id == 0]
            print(f"--- {task}, {shots} shots\n{first[0]}\n>>> {[each.args[1] for each in loaded.instances if each.doc_id == 0]}")


if __name__ == "__main__":
    {"data": data, "reference": reference, "compare": compare, "golden": golden}[sys.argv[1]](*sys.argv[2:])
