"""Tables as CSV files: a header, and a line for each row, a data class."""

import csv
import dataclasses
import os


def read(path, kind):
    """The rows, of class `kind`; none if there is no such file."""
    if not os.path.exists(path):
        return []
    fields = dataclasses.fields(kind)
    with open(path, newline='', encoding='utf-8') as file:
        return [kind(**{f.name: f.type(line[f.name]) for f in fields})
                for line in csv.DictReader(file)]


def write(path, kind, rows):
    """Replaces the file in one step: an interruption leaves the old one."""
    with open(path + '.new', 'w', newline='', encoding='utf-8') as file:
        writer = csv.writer(file)
        writer.writerow([f.name for f in dataclasses.fields(kind)])
        writer.writerows(dataclasses.astuple(row) for row in rows)
    os.replace(path + '.new', path)


def append(path, row):
    with open(path, 'a', newline='', encoding='utf-8') as file:
        csv.writer(file).writerow(dataclasses.astuple(row))
