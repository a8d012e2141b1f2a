#!/usr/bin/env python3
"""A mail server for the stories (Debian's python3-aiosmtpd) on a free port, which it prints.
Each mail goes to FOLDER as N.json, read by Python's own reader of mails: from, to, subject,
headers, text, html, calendars, defects. Ends with its standard input."""
import asyncio
import email
import email.policy
import itertools
import json
import os
import sys

from aiosmtpd.smtp import SMTP

numbers = itertools.count(1)


def body_of(message, kind):
    part = message.get_body((kind,))
    return part.get_content() if part else None


def told(message, envelope):
    return {"from": envelope.mail_from, "to": envelope.rcpt_tos,
            "subject": str(message["Subject"]), "headers": dict(message.items()),
            "text": body_of(message, "plain"), "html": body_of(message, "html"),
            "calendars": [part.get_content() if isinstance(part.get_content(), str)
                          else part.get_content().decode("utf-8") for part in message.walk()
                          if part.get_content_type() == "text/calendar"],
            "defects": [repr(defect) for part in message.walk() for defect in part.defects]}


class Keeper:
    async def handle_DATA(self, _server, _session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        path = os.path.join(sys.argv[1], f"{next(numbers)}.json")
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(told(message, envelope), file)
        os.rename(path + ".new", path)
        return "250 kept"


async def serve():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Keeper(), hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(serve())
