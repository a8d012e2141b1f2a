#!/usr/bin/env python3
"""Odd spreadsheets, and the exact report that `etabli import` gives for each. What has a mistake
leaves every row of the records as it was. Speaks TAP. `--show` prints what is said today."""
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM = os.environ["ETABLI_PROGRAM"]
SHOW = "--show" in sys.argv
NOTHING = "nothing was written"
COMMAS = "read as UTF-8, columns separated by commas"
SEMICOLONS = "read as UTF-8, columns separated by semicolons"
cases = []


def case(name, content, report, what="people", options=(), holds=()):
    """`content` of FILE (or of the files of a folder); `report` as it is printed; `holds`: what
    the export of `what` holds afterwards."""
    cases.append((name, content, report, what, tuple(options), holds))


def text(string, encoding="utf-8"):
    return string.encode(encoding)

# How spreadsheets are written.
case("commas", text("nom,ville\nA,Lyon\nB,Brest\n"), [
    COMMAS,
    "rows 2: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("semicolons, as a French Excel writes", text("nom;ville\r\nA;Lyon\r\n"), [
    SEMICOLONS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["A,,Lyon"])
OTHER = ("one cell where the first line has 3: is this row separated by another sign? If it is one cell, "
         "put it in quotes")
case("a row of semicolons among commas", text("nom,ville,email\nA,Lyon,\nB;Brest;b@example.org\nC;Nice\n"), [
    COMMAS,
    "rows 3: new 3, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:3:1: " + OTHER,
    "FILE:4:1: " + OTHER,
    "2 mistakes: " + NOTHING,
])
case("a row of commas or tabs among semicolons", text("nom;ville;email\nA;Lyon;\nB,Brest,b@example.org\nC\tNice\n"), [
    SEMICOLONS,
    "rows 3: new 3, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:3:1: " + OTHER,
    "FILE:4:1: " + OTHER,
    "2 mistakes: " + NOTHING,
])
case("rows that stop after a name with a comma", text('nom;ville;email\nMartin, Léa\n"B; C"\n'), [
    SEMICOLONS,
    "rows 2: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["Martin, Léa", "B; C"])
NAMES = ("this line names columns: only the first line of the file does; take out titles above it and headers "
         "that are repeated")
case("headers of two lines, the first merged", text("Personne;;Contact;\nnom;prénom;email;téléphone\nA;B;;\n"), [
    SEMICOLONS,
    'column "Contact" ignored',
    "rows 2: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2: " + NAMES,
    "1 mistake: " + NOTHING,
])
case("two files put one behind the other", text("nom,ville\nA,Lyon\nNom,Ville\nB,Brest\n"), [
    COMMAS,
    "rows 3: new 3, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:3: " + NAMES,
    "1 mistake: " + NOTHING,
])
case("a person named like a column", text("nom,ville\nVille,Lyon\nNom,\n"), [
    COMMAS,
    "rows 2: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("tabs", text("nom\tville\nA\tLyon\n"), [
    "read as UTF-8, columns separated by tabs",
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("a byte order mark", b"\xef\xbb\xbf" + text("nom,ville\nÉ,Lyon\n"), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["É,,Lyon"])
case("Windows-1252", text("nom;prénom;ville\nD’Œuf;Zoé;Orléans – 5 €\n", "cp1252"), [
    "read as Windows-1252, columns separated by semicolons",
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["Zoé D’Œuf,,Orléans – 5 €"])
case("Latin-1 bytes that Windows leaves undefined", b"nom\nA\x81\xe9\n", [
    "read as Windows-1252, columns separated by commas",
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["Aé"])
case("UTF-16, little end first", "\ufeffnom\tville\nZoé\tÉvian\n".encode("utf-16-le"), [
    "read as UTF-16, columns separated by tabs",
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["Zoé,,Évian"])
case("UTF-16, big end first", "\ufeffnom;ville\nZoé 🪚;Évian\n".encode("utf-16-be"), [
    "read as UTF-16, columns separated by semicolons",
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["Zoé 🪚,,Évian"])
case("UTF-16 cut in the middle of a letter", "\ufeffnom\nZoé".encode("utf-16-le") + b"\xe9", [
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:1: UTF-16 cannot be read as text: it is cut or damaged",
    "1 mistake: nothing was written",
])
case("accents as letters of their own", text("nom,ville\nZoe\u0301,E\u0301vian\n"), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["Zoé,,Évian"])
case("lines ended by CR alone", text("nom,ville\rA,Lyon\rB,Brest\r"), [
    COMMAS,
    "rows 2: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("lines ended in all three ways", text("nom,ville\r\nA,Lyon\rB,Brest\nC,Nice"), [
    COMMAS,
    "rows 3: new 3, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("no line end at the end", text("nom\nA"), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("empty lines and lines of separators", text("\n\nnom;ville\n;\n\nA;Lyon\n;;\n\n"), [
    SEMICOLONS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("Excel's sep= line", text("sep=;\r\nnom;ville\r\nA,B;Lyon\r\n"), [
    SEMICOLONS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=['"A,B",,Lyon'])
case("a quoted sep= line and another sign", text('"sep=|"\nnom|ville\nA|Lyon\n'), [
    "read as UTF-8, columns separated by another sign",
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["A,,Lyon"])
case("a sep= line that says the wrong sign", text("sep=,\nnom;ville\nA;Lyon\n"), [
    COMMAS,
    'column "nom;ville" ignored',
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2:1: no column for the name; the first line must name the columns: nom (or name), then any of id, structure, commune, competences, email, …",
    "1 mistake: nothing was written",
])
case("quotes, quotes in quotes, separators and line ends in quotes",
     text('nom,presentation,ville\n"A ""la"" B","une\nligne, puis ; deux\r\ntrois",Lyon\nC,x,Brest\n'), [
    COMMAS,
    "rows 2: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
],
     holds=['"A ""la"" B",,Lyon,,,"une\nligne, puis ; deux\ntrois"'])
case("line numbers count lines within quotes", text('nom,presentation,email\nA,"1\n2\r\n3\r4",a@example.org\nB,x,nobody\n'), [
    COMMAS,
    "rows 2: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:6:3: "nobody" is not an e-mail address such as name@example.org',
    "1 mistake: nothing was written",
])
case("words after a closing quote, quotes within words", text('nom,ville\n"A"B,Ly"on"\n'), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=['AB,,"Ly""on"""'])
case("a quote opened and never closed, at the end", text('nom,ville\nA,Lyon\nB,"Brest\n'), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:3: a quote is opened and never closed",
    "1 mistake: nothing was written",
])
case("a quote opened and never closed, far from the end", text('nom,ville\nA,"Lyon\n' + "B,Brest\n" * 9), [
    COMMAS,
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2: a quote is opened and never closed",
    "1 mistake: nothing was written",
])
case("a quote opened at the very end", text('nom,ville\nA,"'), [
    COMMAS,
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2: a quote is opened and never closed",
    "1 mistake: nothing was written",
])
case("a NUL byte", b"nom,ville\nA,Ly\0on\n", [
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2: a NUL byte: this is not a text file",
    "1 mistake: nothing was written",
])
case("a file of another kind", b"PK\x03\x04\x14\0\x06\0", [
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:1: a NUL byte: this is not a text file",
    "1 mistake: nothing was written",
])
case("control characters are taken away", text("nom,ville\nA\x07B\x1b[1m,Ly\x7fon\u200b\n"), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["AB"])
case("blanks and no-break spaces around", text("  nom ; ville \n  A  ; \u00a0Lyon\u00a0\n"), [
    SEMICOLONS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["A,,Lyon"])
case("cells a spreadsheet would run", text('nom,ville\n"\'=1+1",\'+33\n-A,@b\n'), [
    COMMAS,
    "rows 2: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("a very long cell", text("nom,presentation\nA," + "x" * 70000 + "\n"), [
    COMMAS,
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2: a cell is longer than 65536 bytes",
    "1 mistake: nothing was written",
])
case("a long quoted cell", text('nom,presentation\nA,"' + "x\n" * 40000 + '"\n'), [
    COMMAS,
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2: a cell is longer than 65536 bytes",
    "1 mistake: nothing was written",
])
case("too many columns", text("nom" + ",c" * 300 + "\nA\n"), [
    COMMAS,
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:1: more than 200 columns",
    "1 mistake: nothing was written",
])
case("an empty file", b"", [
    COMMAS,
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:1:1: no column for the name; the first line must name the columns: nom (or name), then any of id, structure, commune, competences, email, …",
    "1 mistake: nothing was written",
])
case("a header and no rows", text("nom,ville\n"), [
    COMMAS,
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
])

# Columns.
case("headers in French, with accents and marks", text("N°;Nom complet;Organisation;Activité;Compétences;Tél.;Courriel\n7;Ada;coop-port;Luthière;soudure;06;l@example.org\n"), [
    SEMICOLONS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 1, not 0",
], holds=["7,Ada,coop-port,,Luthière,soudure,,l@example.org,06"])
case("headers in English", text("Id,First name,Last name,City,Job title,Skills\n9,Zed,Zog,Lyon,Baker,soudure\n"), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 1, not 0",
], holds=["9,Zed Zog,,Lyon,Baker,soudure"])
case("columns nobody knows, one nearly right", text("nom,vile,couleur,\nA,Lyon,bleu,\n"), [
    COMMAS,
    'column "vile" ignored; did you mean "commune"?',
    'column "couleur" ignored',
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("a column that stands twice", text("nom,ville,nom\nA,Lyon,B\n"), [
    COMMAS,
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:1:3: column "nom" stands twice (column 1): which one counts?',
    "1 mistake: nothing was written",
])
case("two columns that mean the same", text("nom,téléphone,portable\nA,01,06\n"), [
    COMMAS,
    'column "portable" ignored: "téléphone" is read as phone',
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["01"])
case("no column for the name", text("ville,email\nLyon,a@example.org\n"), [
    COMMAS,
    "rows 0: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:1:1: no column for the name; the first line must name the columns: nom (or name), then any of id, structure, commune, competences, email, …",
    "1 mistake: nothing was written",
])
case("rows shorter than the header", text("nom,ville,titre\nA\nB,Lyon\n"), [
    COMMAS,
    "rows 2: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("a cell beyond the header", text("nom,ville\nA,Lyon\nB,Brest, le port\nC,Nice,,\n"), [
    COMMAS,
    "rows 3: new 3, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:3:3: a cell beyond the 2 columns of the first line; is a quote or a separator missing?",
    "1 mistake: nothing was written",
])

# People.
case("a name missing, and too long", text("nom,ville\n,Lyon\n" + "x" * 201 + ",Brest\n"), [
    COMMAS,
    "rows 2: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2:1: the name is missing",
    "FILE:3:1: a name of 201 characters; 200 are allowed",
    "2 mistakes: nothing was written",
])
case("e-mail addresses", text("nom,email\nA,nobody\nB,a@b\nC,a b@example.org\nD,a@@example.org\nE,Ada <e@example.org>\nF,f@example.org\n"), [
    COMMAS,
    "rows 6: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:2:2: "nobody" is not an e-mail address such as name@example.org',
    'FILE:3:2: "a@b" is not an e-mail address such as name@example.org',
    'FILE:4:2: "a b@example.org" is not an e-mail address such as name@example.org',
    'FILE:5:2: "a@@example.org" is not an e-mail address such as name@example.org',
    'FILE:6:2: "Ada <e@example.org>" is not an e-mail address such as name@example.org',
    "5 mistakes: nothing was written",
])
case("long cells that a card does not take", text("nom,ville,presentation\nA," + "x" * 501 + ",y\nB,Lyon," + "é" * 10001 + "\n"), [
    COMMAS,
    "rows 2: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2:2: 501 characters; 500 are allowed",
    "FILE:3:3: 10001 characters; 10000 are allowed",
    "2 mistakes: nothing was written",
])
case("a structure nearly called like a known one", text("nom,structure\nA,Atelier Bleue\n"), [
    COMMAS,
    "rows 1: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:2:2: "Atelier Bleue" is not known; is it "Atelier Bleu"? Write it alike, or add --create to make it',
    "1 mistake: nothing was written",
])
case("new structures, one in two spellings", text("nom,structure\nA,La Ruche\nB,la ruche\nC,LA RUCHE\nD,atelier bleu\n"), [
    COMMAS,
    'the structure "La Ruche" is made: it was not there',
    "rows 4: new 4, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("a structure that cannot be made", text("nom,structure\nA,日本\nB," + "x" * 201 + "\n"), [
    COMMAS,
    "rows 2: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:2:2: structure "日本" cannot be made: 1 to 200 characters, with a letter or digit from a to z',
    'FILE:3:2: structure "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" cannot be made: 1 to 200 characters, with a letter or digit from a to z',
    "2 mistakes: nothing was written",
])
case("poles: known, nearly known, new", text("nom,pole\nA,bois; Textile; BOIS\nB,Textiles\nC,Cuir\n"), [
    COMMAS,
    'the pole "Cuir" will be made: it is not there',
    "rows 3: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:3:2: "Textiles" is not known; is it "Textile"? Write it alike, or add --create to make it',
    "1 mistake: nothing was written",
])
case("poles by other names", text("nom,pole\nA,bois; Textile; BOIS\nC,Cuir\n"), [
    COMMAS,
    'the pole "Cuir" is made: it was not there',
    "rows 2: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
], holds=["bois; textile"])
case("an id twice", text("id,nom\n7,A\n8,B\n7,C\n"), [
    COMMAS,
    "rows 3: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:4:1: "7" stands on line 2 already',
    "1 mistake: nothing was written",
])
case("an id twice in two structures", text("id,nom,structure\n7,A,coop-port\n7,B,atelier-bleu\n"), [
    COMMAS,
    "rows 2: new 2, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("an address twice, in other letters", text("nom,email\nA,x@example.org\nB,X@Example.ORG\n"), [
    COMMAS,
    "rows 2: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:3:2: "x@example.org" stands on line 2 already',
    "1 mistake: nothing was written",
])
case("a name twice without id or address", text("nom,ville\nA,Lyon\na,Brest\n"), [
    COMMAS,
    "rows 2: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:3:1: "a" stands on line 2 already: add an id or an e-mail address to tell them apart',
    "1 mistake: nothing was written",
])
case("one card by its id, then by its address", text("id,nom,structure,email\n1,Ada,atelier-bleu,\n,Ada,atelier-bleu,ada@example.org\n"), [
    COMMAS,
    'line 3: "Ada" is the new name of "Ada Lovelace", who has her address',
    "rows 2: new 0, changed 1, unchanged 0; skills recognised 0, not 0",
    'FILE:3:2: "card #1" stands on line 2 already',
    "1 mistake: nothing was written",
])
case("an id of one card and the address of another", text("id,nom,email\n2,Bruno,ada@example.org\n"), [
    COMMAS,
    "rows 1: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2:3: the id is one person's and the address another's (cards 2 and 1)",
    "1 mistake: nothing was written",
])
case("an absent column leaves, an empty cell empties", text("id,nom,structure,email\n1,Ada L.,atelier-bleu,\n"), [
    COMMAS,
    "rows 1: new 0, changed 1, unchanged 0; skills recognised 0, not 0",
], holds=["1,Ada L.,atelier-bleu,,,placo (3),,,"])
case("she moved to another structure", text("id,nom,structure\n1,Ada Lovelace,coop-port\n"), [
    COMMAS,
    "rows 1: new 0, changed 1, unchanged 0; skills recognised 0, not 0",
], holds=["1,Ada Lovelace,coop-port,,,placo (3),,ada@example.org"])

# Cells with a grammar.
case("skills: signs, levels, formats, parentheses", text('nom,competences\nA,"placo (3), soudure"\nB,"placo (4 atelier visite) | CAP (menuiserie) | taille (2 non-partage)"\nC,"placo\nsoudure\nBTS (2010)"\n'), [
    COMMAS,
    "rows 3: new 3, changed 0, unchanged 0; skills recognised 5, not 3",
], holds=["placo (3); soudure", "placo (4 workshop visit); CAP (menuiserie) (0); taille (2 not-shared)", "placo; soudure; BTS (2010) (0)"])
case("levels out of range", text("nom,competences\nA,placo (5)\nB,soudure (-1); placo (9)\nC,placo (0); soudure (4)\n"), [
    COMMAS,
    "rows 3: new 1, changed 0, unchanged 0; skills recognised 2, not 3",
    'FILE:2:2: level (5) of "placo (5)"; 1 to 4 are levels',
    'FILE:3:2: level (-1) of "soudure (-1)"; 1 to 4 are levels',
    'FILE:3:2: level (9) of "placo (9)"; 1 to 4 are levels',
    "3 mistakes: nothing was written",
])
case("a skill too long, too many skills", text("nom,competences\nA," + "x" * 301 + "\nB," + ";".join(f"s{i}" for i in range(201)) + "\n"), [
    COMMAS,
    "rows 2: new 0, changed 0, unchanged 0; skills recognised 2, not 198",
    "FILE:2:2: a skill of 301 characters; 300 are allowed",
    "FILE:3:2: 201 skills in one cell; 200 are allowed",
    "2 mistakes: nothing was written",
])
case("only separators in the skills", text('nom,competences\nA,";;,|"\n'), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
])
case("dates", text("nom,confirmee le\nA,2026-12-03\nB,03/12/2026\nC,2026-02-30\nD,12/25/2026\nE,hier\nF,2026-12-03T10:00:00Z\nG,2026-03-29 02:30\n"), [
    COMMAS,
    "rows 7: new 3, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:4:2: "2026-02-30" is not a date; 2026-12-03, 03/12/2026 and -12d (days from today) are, with a time such as 18:30 if need be',
    'FILE:5:2: "12/25/2026" is not a date; 2026-12-03, 03/12/2026 and -12d (days from today) are, with a time such as 18:30 if need be',
    'FILE:6:2: "hier" is not a date; 2026-12-03, 03/12/2026 and -12d (days from today) are, with a time such as 18:30 if need be',
    'FILE:8:2: "2026-03-29 02:30" is not a date; 2026-12-03, 03/12/2026 and -12d (days from today) are, with a time such as 18:30 if need be',
    "4 mistakes: nothing was written",
])
case("times of the week", text("nom,disponibilites\nA,mardi 18:00-20:00; lun-ven 9h-12h\nB,lundi\nC,lun 20h-18h\nD,lun 9h-25h\nE,ven-lun 9h-10h\nF,lundo 9h-10h\n"), [
    COMMAS,
    "rows 6: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:3:2: "lundi" is not a time of the week; mardi 18:00-20:00 and lun-ven 9h-12h are',
    'FILE:4:2: "lun 20h-18h" is not a time of the week; mardi 18:00-20:00 and lun-ven 9h-12h are',
    'FILE:5:2: "lun 9h-25h" is not a time of the week; mardi 18:00-20:00 and lun-ven 9h-12h are',
    'FILE:6:2: "ven-lun 9h-10h" is not a time of the week; mardi 18:00-20:00 and lun-ven 9h-12h are',
    'FILE:7:2: "lundo 9h-10h" is not a time of the week; mardi 18:00-20:00 and lun-ven 9h-12h are',
    "5 mistakes: nothing was written",
])
case("too many times of the week", text("nom,disponibilites\nA," + ";".join("lun-dim 9h-10h" for i in range(8)) + "\n"), [
    COMMAS,
    "rows 1: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2:2: over 50 times of the week in one cell",
    "1 mistake: nothing was written",
])
case("languages and formats", text("nom,langues,modalites\nA,français; ar,atelier\nB,klingon,danse\n"), [
    COMMAS,
    "rows 2: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:3:2: language "klingon" is not known; a code such as fr, ar, pt is',
    'FILE:3:3: format "danse" is not known; appel, atelier, visite, individuel, cercle are',
    "2 mistakes: nothing was written",
])
case("numbers and states", text("nom,quota,etat\nA,3,brouillon\nB,-1,publiée\nC,deux,\nD,99999999999999999999,perdu\n"), [
    COMMAS,
    "rows 4: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:3:2: "-1" is not allowed; a number from 0 to 1000',
    'FILE:4:2: "deux" is not allowed; a number from 0 to 1000',
    'FILE:5:2: "99999999999999999999" is not allowed; a number from 0 to 1000',
    'FILE:5:3: "perdu" is not a state; draft, published and hidden are',
    "4 mistakes: nothing was written",
])
case("more mistakes than are shown", text("nom,email\n" + "A,x\n" * 60), [
    COMMAS, "rows 60: new 0, changed 0, unchanged 0; skills recognised 0, not 0"] + [
    f'FILE:{line}:2: "x" is not an e-mail address such as name@example.org'
    for line in range(2, 52)] + ["and 10 more", "60 mistakes: nothing was written"])

# Other sheets.
case("a structure twice, a wrong key, a wrong address", text("key,name,url\na,A,\na,B,\nÉ!,C,\nd,D,ftp://d\n,E,\n"), [
    COMMAS,
    "rows 5: new 4, changed 0, unchanged 0",
    'FILE:3:1: "a" stands on line 2 already',
    'FILE:4:1: key "É!" is not allowed; 1 to 60 of a-z, 0-9 and inner hyphens',
    'FILE:5:3: "ftp://d" is not allowed; an https:// or http:// address',
    "3 mistakes: nothing was written",
], what="structures")
KEY = "is not allowed; 1 to 60 of a-z, 0-9 and inner hyphens"
URL = "is not allowed; an https:// or http:// address"
case("keys and addresses that the configuration would refuse", text(
    "key,name,url\n-a,A,javascript:alert(1)\nb-,B,https://\n" + 61 * "c" + ",C,https:///c\n"
    "d,D,https://d e\ne,E,\"https://e/\"\">\"\nf,F,HTTPS://f\ng," + 201 * "g" + ",data:text/html\nh,H,https://héé.fr/à?b=1#c\n"), [
    COMMAS,
    "rows 8: new 5, changed 0, unchanged 0",
    f'FILE:2:1: key "-a" {KEY}',
    f'FILE:3:1: key "b-" {KEY}',
    f'FILE:4:1: key "{60 * "c"}" {KEY}',
    f'FILE:5:3: "https://d e" {URL}',
    f'FILE:6:3: "https://e/">" {URL}',
    f'FILE:7:3: "HTTPS://f" {URL}',
    f'FILE:8:3: "data:text/html" {URL}',
    "FILE:8:2: 201 bytes; 200 are allowed",
    "8 mistakes: nothing was written",
], what="structures")
case("poles whose keys the configuration would refuse", text("key,name,kind\n-a,A,trade\nb c,B,trade\n"), [
    COMMAS,
    "rows 2: new 0, changed 0, unchanged 0",
    f'FILE:2:1: key "-a" {KEY}',
    f'FILE:3:1: key "b c" {KEY}',
    "2 mistakes: nothing was written",
], what="poles")
case("poles: kinds, scope, twice", text("key,name,kind,skills\na,A,art,placo\nbois,Bois,trade,s1; placo; nothing\nbois,Bois,trade,\n"), [
    COMMAS,
    'line 3: "nothing" is not there (yet) and left out',
    "rows 3: new 1, changed 1, unchanged 1",
    'FILE:2:3: "art" is not allowed; trade, service or sales',
    'FILE:4:1: "bois" stands on line 3 already',
    "2 mistakes: nothing was written",
], what="poles")
case("skills without code or label, a code twice", text("code,label\n,A\nb,\nc,C\nc,D\n"), [
    COMMAS,
    "rows 4: new 0, changed 0, unchanged 0",
    "FILE:2:1: the code is missing",
    "FILE:3:2: the label is missing",
    'FILE:5: code "c" stands on line 4 already',
    "3 mistakes: nothing was written",
], what="skills")
case("skills: parents that are not there or go round", text("code,label,parent\na,A,z\nb,B,c\nc,C,b\nd,D,b\ne,E,e\n"), [
    COMMAS,
    "rows 5: new 0, changed 0, unchanged 0",
    'FILE:2:3: parent "z" of "a" is not a code of this file',
    'FILE:3:3: parent "c" of "b" comes back to it',
    'FILE:4:3: parent "b" of "c" comes back to it',
    'FILE:6:3: parent "e" of "e" comes back to it',
    "4 mistakes: nothing was written",
], what="skills")
case("skills: a label too long", text("code,label,alt_labels\na,A," + "x" * 501 + "|b\n"), [
    COMMAS,
    "rows 1: new 0, changed 0, unchanged 0",
    "FILE:2:3: a label of 501 bytes; 500 are allowed",
    "1 mistake: nothing was written",
], what="skills")
case("skills: no column for the code", text("label\nA\n"), [
    COMMAS,
    "rows 0: new 0, changed 0, unchanged 0",
    "FILE:1:1: the first line must name the columns code and label (ESCO: conceptUri and preferredLabel)",
    "1 mistake: nothing was written",
], what="skills")
case("needs: text, level, state, person, address", text("id,text,level,state,person,email,skill\n1,ab,5,open,99,x,nope\n2,souder une grille,3,stated,1,,s2\n2,souder un vélo,,,,,\n"), [
    COMMAS,
    "rows 3: new 3, changed 0, unchanged 0",
    'FILE:2:7: there is no skill "nope"',
    'FILE:2:5: there is no person with the id or address "99"',
    'FILE:2:3: "5" is not allowed; a number from 0 to 4',
    'FILE:2:4: "open" is not a state; stated, qualified, grouped, met, given_up',
    "FILE:2:2: a need of 2 characters; 3 to 2000 are allowed",
    'FILE:2:6: "x" is not an e-mail address such as name@example.org',
    'FILE:4:1: "2" stands on line 3 already',
    "7 mistakes: nothing was written",
], what="needs")
case("needs: someone supports twice", text("id,text,supports\n1,souder une grille,1; 2: moi aussi; 1\n"), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0",
    'FILE:2:3: "1" stands twice',
    "1 mistake: nothing was written",
], what="needs")
case("sessions: seats, dates, people", text("id,title,seats,threshold,dates,trainers,needs,registrations,state\n1,,0,9,hier,99,zz,1; 1,soon\n2,Soudure,8,9,2026-12-03 18:30-17:30,1; 1,b1; b1,2,\n"), [
    COMMAS,
    "rows 2: new 2, changed 0, unchanged 0",
    'FILE:2:3: "0" is not allowed; a number from 1 to 1000',
    'FILE:2:9: "soon" is not a state; proposed, confirmed, held, cancelled',
    "FILE:2:2: the title is missing",
    "FILE:2:4: threshold 9 is above the 8 seats",
    'FILE:2:5: "hier" is not a date; 2026-12-03 18:30-20:30 is',
    'FILE:2:6: there is no person with the id or address "99"',
    'FILE:2:7: there is no need "zz"',
    'FILE:2:8: "1" stands twice',
    "FILE:3:4: threshold 9 is above the 8 seats",
    'FILE:3:5: "2026-12-03 18:30-17:30" is not a date; 2026-12-03 18:30-20:30 is',
    'FILE:3:6: "1" stands twice',
    'FILE:3:7: "b1" stands twice',
    "12 mistakes: nothing was written",
], what="sessions")
case("sessions: too many dates", text("id,title,dates\n1,Soudure," + ";".join(f"2026-12-{i + 1:02} 18:00-19:00" for i in range(21)) + "\n"), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0",
    "FILE:2:3: 21 dates; 20 are allowed",
    "1 mistake: nothing was written",
], what="sessions")

ROME = {
    "unix_referentiel_code_rome_v460_utf8.csv": text('"code_rome","libelle_rome"\n"F1","Peintre"\n'),
    "unix_referentiel_appellation_v460_utf8.csv": text('"code_rome","libelle_appellation_long"\n"F1","Peintre en bâtiment"\n'),
    "unix_texte_v460_utf8.csv": text('"code_rome","libelle_type_texte","libelle_texte"\n"F1","definition","Peint."\n'),
    "unix_referentiel_competence_v460_utf8.csv": text('"code_ogr","libelle_competence"\n"10","Peindre un mur"\n"11","Poncer"\n'),
    "unix_referentiel_savoir_v460_utf8.csv": text('"code_ogr_savoir","libelle_savoir"\n"20","Pigments"\n'),
    "unix_liens_rome_referentiels_v460_utf8.csv": text('"code_rome","code_ogr"\n"F1","10"\n"F1","11"\n'),
}


def rome(**changed):
    return {name: next((text(part) for word, part in changed.items() if f"_{word}_v" in name), content)
            for name, content in ROME.items()}


case("ROME", ROME, [
    "rows 8: new 4, changed 0, unchanged 0",
], what="skills", options=["--format", "rome"], holds=["10,Peindre un mur,,,F1,skill"])
case("ROME: short rows, also among the links", rome(liens_rome_referentiels='"code_rome","code_ogr"\n"F1","10"\n"F1"\n"F1","11"\n"X"\n', referentiel_competence='"code_ogr","libelle_competence"\n"10","Peindre"\n"11"\n'), [
    "rows 10: new 0, changed 0, unchanged 0",
    "FILE/unix_referentiel_competence_v460_utf8.csv:3: 1 columns where 2 are",
    "FILE/unix_liens_rome_referentiels_v460_utf8.csv:3: 1 columns where 2 are",
    "FILE/unix_liens_rome_referentiels_v460_utf8.csv:5: 1 columns where 2 are",
    "3 mistakes: nothing was written",
], what="skills", options=["--format", "rome"])
case("ROME: no such column", rome(liens_rome_referentiels='"code_rome","ogr"\n"F1","10"\n', texte='"a"\n'), [
    "rows 5: new 0, changed 0, unchanged 0",
    'FILE/unix_texte_v460_utf8.csv:1: no column "code_rome"',
    'FILE/unix_texte_v460_utf8.csv:1: no column "libelle_type_texte"',
    'FILE/unix_texte_v460_utf8.csv:1: no column "libelle_texte"',
    'FILE/unix_liens_rome_referentiels_v460_utf8.csv:1: no column "code_ogr"',
    "4 mistakes: nothing was written",
], what="skills", options=["--format", "rome"])
case("ROME: a quote never closed, among the links", rome(liens_rome_referentiels='"code_rome","code_ogr"\n"F1","10"\n"F1","11\n'), [
    "rows 7: new 0, changed 0, unchanged 0",
    "FILE/unix_liens_rome_referentiels_v460_utf8.csv:3: a quote is opened and never closed",
    "1 mistake: nothing was written",
], what="skills", options=["--format", "rome"])
case("ROME: a code in two files", rome(referentiel_savoir='"code_ogr_savoir","libelle_savoir"\n"10","Pigments"\n'), [
    "rows 8: new 0, changed 0, unchanged 0",
    'FILE/unix_referentiel_savoir_v460_utf8.csv:2: code "10" stands in FILE/unix_referentiel_competence_v460_utf8.csv:2 already',
    "1 mistake: nothing was written",
], what="skills", options=["--format", "rome"])


case("ids that a list could not hold", text('id,nom\n"1;2",A\n3|4,B\n"5\n6",C\n7: 8,D\n9:9,E\n'), [
    COMMAS,
    "rows 5: new 1, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:2:1: "1;2" cannot be an id: a semicolon, a bar, a line break and a colon with a blank end one in a list',
    'FILE:3:1: "3|4" cannot be an id: a semicolon, a bar, a line break and a colon with a blank end one in a list',
    'FILE:4:1: "5 6" cannot be an id: a semicolon, a bar, a line break and a colon with a blank end one in a list',
    'FILE:6:1: "7: 8" cannot be an id: a semicolon, a bar, a line break and a colon with a blank end one in a list',
    "4 mistakes: nothing was written",
])
case("a parenthesis somebody forgot to close", text('nom,competences\nA,"tour (bois; soudure; CAP (menuiserie, 2010)"\nB,"tour (bois, soudure, CAP (menuiserie, 2010)"\n'), [
    COMMAS,
    "rows 2: new 2, changed 0, unchanged 0; skills recognised 2, not 4",
], holds=["tour (bois; soudure; CAP (menuiserie, 2010) (0)", "tour (bois; soudure; CAP (menuiserie, 2010) (0)"])
case("needs: absent columns leave what was there", text("id,state\nb1,qualified\n"), [
    COMMAS,
    "rows 1: new 0, changed 1, unchanged 0",
], what="needs", holds=["b1,souder un cadre de vélo,,,3,qualified", "2026-02-03T09:00:00Z", "1: moi aussi; ?"])
case("needs: an empty date leaves what was there", text("id,state,created_at\nb1,qualified,\n"), [
    COMMAS,
    "rows 1: new 0, changed 1, unchanged 0",
], what="needs", holds=["2026-02-03T09:00:00Z", "1: moi aussi; ?"])
case("sessions: seats by name, dates that were chosen", text("id,title,seats,threshold,dates,registrations,state\n1,Soudure,1,1,2026-12-03 18:30-20:30 (fixed); 2026-12-04 18:30-20:30,1 (left); 2 (seated),proposed\n"), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0",
], what="sessions", holds=["2026-12-03 18:30-20:30 (fixed); 2026-12-04 18:30-20:30", "1 (left); 2 (seated)"])
case("sessions: more people than seats", text("id,title,seats,threshold,registrations\n1,Soudure,1,1,1; 2 (attended)\n"), [
    COMMAS,
    "rows 1: new 1, changed 0, unchanged 0",
    "FILE:2:5: 2 people have one of the 1 seats",
    "1 mistake: nothing was written",
], what="sessions")
case("a quoted cell is cut between letters", text("nom,confirmee le,email\nA,a" + "é" * 40 + ",x" + "œ" * 50 + "\n"), [
    COMMAS,
    "rows 1: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    'FILE:2:2: "aééééééééééééééééééé" is not a date; 2026-12-03, 03/12/2026 and -12d (days from today) are, with a time such as 18:30 if need be',
    'FILE:2:3: "xœœœœœœœœœœœœœœœœœœœœœœœœœœœœœ" is not an e-mail address such as name@example.org',
    "2 mistakes: nothing was written",
])
case("an address that several share", text("id,nom,structure,email\n9,Zoé,atelier-bleu,ada@example.org\n"), [
    COMMAS,
    "rows 1: new 0, changed 0, unchanged 0; skills recognised 0, not 0",
    "FILE:2:4: the address is that of \"Ada Lovelace\" (id 1): an address is one person's",
    "1 mistake: nothing was written",
])
case("a new number for the same name and address", text("id,nom,structure,email\n9,ada lovelace,atelier-bleu,Ada@example.org\n"), [
    COMMAS,
    "rows 1: new 0, changed 1, unchanged 0; skills recognised 0, not 0",
], holds=["9,ada lovelace,atelier-bleu,,,placo (3),,Ada@example.org"])
case("a new name for an address", text("nom,structure,email\nAda King,atelier-bleu,ada@example.org\n"), [
    COMMAS,
    'line 2: "Ada King" is the new name of "Ada Lovelace", who has her address',
    "rows 1: new 0, changed 1, unchanged 0; skills recognised 0, not 0",
], holds=["1,Ada King,atelier-bleu"])
case("skills: a file without any does not remove all", text("code,label\n"), [
    COMMAS,
    "rows 0: new 0, changed 0, unchanged 0",
    'FILE:1: no skill in the file; all 2 that source "csv" gave would be removed',
    "1 mistake: nothing was written",
], what="skills")
case("skills: those the file gives no more are removed", text("code,label\ns2,soudure\n"), [
    COMMAS,
    "rows 1: new 0, changed 0, unchanged 1, removed 1",
], what="skills", holds=["s2,soudure"])


def etabli(data, *arguments):
    done = subprocess.run([PROGRAM, *arguments, "--data", data], capture_output=True, timeout=60)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def rows_of(data):
    with contextlib.closing(sqlite3.connect(os.path.join(data, "etabli.sqlite"))) as records:
        return list(records.iterdump())


def make_base(folder):
    """A few records that the sheets meet."""
    sheets = {
        "structures": "key,name\natelier-bleu,Atelier Bleu\ncoop-port,Coopérative du Port\n",
        "poles": "key,name,kind\nbois,Bois,trade\ntextile,Textile,trade\n",
        "skills": "code,label,alt_labels\ns1,poser du placo,placo\ns2,soudure,\n",
        "people": "id,nom,structure,email,competences\n1,Ada Lovelace,atelier-bleu,"
                  "ada@example.org,placo (3)\n2,Bruno,,,soudure\n",
        "needs": "id,text,level,supports,created_at\n"
                 "b1,souder un cadre de vélo,3,1: moi aussi; ?,2026-02-03 10:00\n",
    }
    for what, content in sheets.items():
        path = os.path.join(folder, what + ".csv")
        with open(path, "w", encoding="utf-8") as out:
            out.write(content)
        code, said = etabli(os.path.join(folder, "base"), "import", what, path, "--apply")
        if code:
            sys.exit(f"Bail out! {said}")
    os.rename(os.path.join(folder, "people.csv"), os.path.join(folder, "known.csv"))


def put(folder, content):
    path = os.path.join(folder, "FILE")
    if isinstance(content, bytes):
        with open(path, "wb") as out:
            out.write(content)
        return path
    os.mkdir(path)
    for name, part in content.items():
        with open(os.path.join(path, name), "wb") as out:
            out.write(part)
    return path


def check(folder, number, content, what, options, report, holds):
    """What is wrong with a case: lines, none when it is as expected."""
    place = os.path.join(folder, f"case{number}")
    data = os.path.join(place, "data")
    shutil.copytree(os.path.join(folder, "base"), data, symlinks=True)
    path = put(place, content)
    before = rows_of(data)
    code, said = etabli(data, "import", what, path, "--apply", *options)
    said = said.replace(path, "FILE").rstrip("\n").split("\n")
    if SHOW:
        print("\n".join(said))
    wrong = []
    if said != report:
        wrong += ["said:"] + said + ["expected:"] + report
    is_mistake = (said if SHOW else report)[-1].endswith(NOTHING)
    if code != (1 if is_mistake else 0):
        wrong.append(f"exit code {code}")
    if is_mistake and rows_of(data) != before:
        wrong.append("the records changed")
    if not is_mistake:
        again, told = etabli(data, "import", what, path, *options)
        if again or f"new 0, changed 0" not in told:
            wrong.append("importing again: " + told)
    exported = etabli(data, "export", what)[1] if holds else ""
    wrong += [f"not exported: {each}" for each in holds if each not in exported]
    if SHOW and holds:
        print(exported)
    shutil.rmtree(place)
    return wrong


def main():
    folder = tempfile.mkdtemp(prefix="etabli-sheets-")
    failed = False
    try:
        make_base(folder)
        print(f"1..{len(cases)}")
        for number, (name, content, report, what, options, holds) in enumerate(cases, 1):
            if SHOW:
                print("==", name)
            wrong = check(folder, number, content, what, options, report, holds)
            print(("not ok" if wrong else "ok"), number, "-", name)
            for line in [] if SHOW else wrong:
                print("#   " + line.replace("\n", "\n#   "))
            failed = failed or bool(wrong)
    finally:
        shutil.rmtree(folder)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
