"""Makes seeded cases from an edition's categories, one folder a month, tab-separated without a header."""

import argparse
import csv
import os
import random

# The columns of `yibao group`, in order.
COLUMNS = "id sex age_years age_days birth_weight_g stay_days discharge_kind department diagnoses procedures".split()


def full_code(category, random):
    """A code below a category, long enough to look like one of a case."""
    body = category if "." in category else category + "."
    return body + "".join(random.choice("0123456789") for _ in range(max(0, 7 - len(body))))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--edition", required=True)
    arguments.add_argument("--cases", type=int, required=True)
    arguments.add_argument("--months", type=int, required=True)
    arguments.add_argument("--out", required=True)
    arguments = arguments.parse_args()

    with open(os.path.join(arguments.edition, "sets.csv"), encoding="utf-8", newline="") as file:
        rows = [(row["set"], row["code"]) for row in csv.DictReader(file)]
    diagnoses = sorted({code for name, code in rows if name.startswith("DI")})
    procedures = sorted({code for name, code in rows if name.startswith("OP")})

    seeded = random.Random(20260101)
    number = 0
    for month in range(1, arguments.months + 1):
        folder = os.path.join(arguments.out, f"month={month:02d}")
        os.makedirs(folder)
        count = arguments.cases * month // arguments.months - arguments.cases * (month - 1) // arguments.months
        with open(os.path.join(folder, "part.tsv"), "w", encoding="utf-8") as file:
            for _ in range(count):
                number += 1
                newborn = seeded.random() < 0.05
                picked = [seeded.choice(diagnoses) for _ in range(1 + seeded.randrange(6))]
                done = [seeded.choice(procedures) for _ in range(seeded.randrange(4))]
                case = [
                    f"C{number:08d}", str(1 + seeded.randrange(2)), "0" if newborn else str(seeded.randrange(1, 100)),
                    str(seeded.randrange(60)) if newborn else "", str(seeded.randrange(800, 4500)) if newborn else "",
                    str(1 + seeded.randrange(30)), seeded.choice("111112345"), "",
                    "|".join(full_code(code, seeded) for code in picked),
                    "|".join(full_code(code, seeded) for code in done),
                ]
                file.write("\t".join(case) + "\n")


if __name__ == "__main__":
    main()
