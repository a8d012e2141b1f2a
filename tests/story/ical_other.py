"""Reads a calendar with Debian's python3-icalendar: standard input to the JSON that ical_reader.c
writes. Told apart from the story, since that module may belong to another python than the story's."""
import json
import sys

import icalendar

TEXTS = ["uid", "summary", "description", "location", "url", "status", "transp"]
TIMES = {"starts_at": "DTSTART", "ends_at": "DTEND", "stamped_at": "DTSTAMP",
         "updated_at": "LAST-MODIFIED"}

calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
events, troubles = [], [str(each) for each in calendar.errors]
for component in calendar.walk("VEVENT"):
    event = {name: str(component[name]) for name in TEXTS if name in component}
    for name, key in TIMES.items():
        if key in component:
            at = component.decoded(key)
            event[name] = int(at.timestamp())
            if at.utcoffset().total_seconds() != 0:
                event["is_local"] = True
    event["sequence"] = int(component["SEQUENCE"])
    named = component.get("CATEGORIES", [])
    event["categories"] = [str(each) for one in (named if isinstance(named, list) else [named])
                           for each in one.cats]
    troubles += [str(each) for each in component.errors]
    events.append(event)
json.dump({"troubles": troubles, "events": events}, sys.stdout)
