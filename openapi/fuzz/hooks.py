"""What Schemathesis cannot read in the document: tokens, which rows there are, and which refusals are rules, not faults."""

import atexit
import base64
import json
import os
import random
import re
import subprocess
import threading
import time
from collections import Counter, defaultdict
from datetime import date, datetime

import requests
import schemathesis
from hypothesis import strategies
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase
from schemathesis.openapi.checks import RejectedPositiveData

DESK = "vennesla-sentral"  # Whose rows are in the fixtures.
CHANCE = random.Random(int(os.environ["FUZZ_SEED"]))
# Where each call of a scenario is to see what another has made: the role that sees most.
WIDEST = ["coordinator", "admin", "caseworker", "team_leader", "data_protection_officer", "integration"]
# What a problem is called when the request is not what the document asks for, and what its flaws are. All else is a rule
# of the house: what two fields say of each other, a number that is none, a day that is to come.
FORM = {"malformed", "invalid", "bad_parameter", "too_deep", "body_too_large", "send_application_json", "no_body_expected"}
FLAWS = {"control_character", "duplicate", "email", "item_length", "not_a_day", "not_an_etag", "not_an_id", "not_an_instant"}
FLAWS |= {"not_json", "not_visible_ascii", "too_large", "too_long", "too_short", "too_small", "unknown_field"}
FLAWS |= {"unknown_parameter", "unknown_value", "unreadable", "wrong_type", "wrong_value"}
# The years of the document; of all that there are, too few would fit.
YEARS = {"min_value": date(1850, 1, 1), "max_value": date(2199, 12, 31)}
TIMES = {key: datetime(day.year, day.month, day.day) for key, day in YEARS.items()}
schemathesis.openapi.format("date", strategies.dates(**YEARS).map(date.isoformat))
schemathesis.openapi.format("date-time", strategies.datetimes(**TIMES).map(lambda at: f"{at.isoformat()}Z"))

VERSION, KEY = re.compile(r'"[0-9]{1,18}"'), re.compile(r"[!-~]([\t -~]{,253}[!-~])?")

POOL = defaultdict(list)  # By the name of a field that takes an id: the ids that it may take.
SEEN = defaultdict(Counter)  # By operation: how often it answered which status.
LOCK = threading.Lock()


class House:
    """Tokens that live ten minutes."""

    made = 0.0

    def fixtures(self):
        with LOCK:
            if time.monotonic() - self.made > 300 or not self.made:
                told = subprocess.run([os.environ["SAMSPILL"], "demo", "--fixtures"], check=True, capture_output=True)
                self.told, self.made = json.loads(told.stdout), time.monotonic()
        return self.told


HOUSE = House()
for collection, id in HOUSE.fixtures()["ids"].items():
    POOL[f"{collection}/"].append(id)


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


# Without these there would be nobody left to ask.
TOKENS = [token for roles in HOUSE.fixtures()["tokens"].values() for token in roles.values()]
ASKING = {claims(token)[claim] for token in TOKENS for claim in ("membership", "sub")}


@schemathesis.auth(refresh_interval=None)
class Somebody:
    """A role that may, mostly at the desk whose rows are known; now and then another's, or one that may not."""

    def get(self, case, context):
        tokens = HOUSE.fixtures()["tokens"]
        allowed = case.operation.definition.raw.get("x-allowed-roles") or list(tokens[DESK])
        if case.meta and case.meta.phase.name == TestPhase.STATEFUL:
            role = next((role for role in WIDEST if role in allowed), allowed[0])
            return tokens[DESK][role]
        desk = DESK if CHANCE.random() < 0.8 else CHANCE.choice(list(tokens))
        return tokens[desk][CHANCE.choice(allowed if CHANCE.random() < 0.9 else list(tokens[desk]))]

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


def is_valid(case, location):
    component = case.meta.components.get(location)
    return component is None or component.mode.is_positive


def known(name):
    """An id that a field of this name may take, if one has been seen; now and then none."""
    return CHANCE.choice(POOL[name][-20:]) if POOL.get(name) and CHANCE.random() < 0.85 else None


def bind(body):
    """Puts ids that there are into the fields that take ids."""
    for name, value in body.items() if isinstance(body, dict) else ():
        if name.endswith(("_id", "_token")) and isinstance(value, str):
            body[name] = known(name) or value
        elif name.endswith("_ids") and isinstance(value, list):
            body[name] = list(dict.fromkeys(known(name[:-1]) or one for one in value))
        elif isinstance(value, list):
            for one in value:
                bind(one)
        else:
            bind(value)


@schemathesis.hook
def before_call(context, case, kwargs):
    if not case.meta:
        return
    if case.operation.label == "POST /v1/sessions" and is_valid(case, ParameterLocation.BODY) and CHANCE.random() < 0.3:
        case.body |= {"email": f"coordinator@{DESK}.example", "password": "samspill-demo"}
    # A poll that waits is no slow answer.
    if "wait" in case.query and is_valid(case, ParameterLocation.QUERY):
        case.query["wait"] = 0
    segments = case.path.split("/")
    is_linked = case.meta.phase.name == TestPhase.STATEFUL
    if "id" in case.path_parameters and is_valid(case, ParameterLocation.PATH) and not is_linked:
        case.path_parameters["id"] = known(f"{segments[2]}/") or case.path_parameters["id"]
    if case.path_parameters.get("id") in ASKING and case.method != "GET":
        case.path_parameters["id"] = "00000000-0000-7000-8000-000000000000"
    if is_valid(case, ParameterLocation.BODY) and not is_linked:
        bind(case.body)
    if not is_valid(case, ParameterLocation.HEADER):
        return
    if "Idempotency-Key" in case.headers and CHANCE.random() < 0.9:
        case.headers["Idempotency-Key"] = f"{CHANCE.getrandbits(128):032x}"
    if "If-Match" in case.headers and CHANCE.random() < 0.9:
        at = f"{case.operation.base_url}/v1/{segments[2]}/{case.path_parameters['id']}"
        answer = requests.get(at, headers={"Authorization": case.headers.get("Authorization", "")}, timeout=30)
        case.headers["If-Match"] = answer.headers.get("ETag", case.headers["If-Match"])


@schemathesis.hook
def after_call(context, case, response):
    SEEN[case.operation.label][response.status_code] += 1
    media = response.headers.get("content-type", [""])[0]
    if not 200 <= response.status_code < 300 or media != "application/json" or not response.content:
        return
    token = response.request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token not in HOUSE.fixtures()["tokens"][DESK].values():
        return
    told = response.json()
    rows = told.get("items", [told]) if isinstance(told, dict) else []
    collection = case.path.split("/")[2] if case.path.startswith("/v1/") else ""
    for row in (row for row in rows if isinstance(row, dict)):
        for name, value in row.items():
            name = f"{collection}/" if name == "id" else name
            if name.endswith(("_id", "refresh_token", "/")) and isinstance(value, str) and value not in POOL[name]:
                POOL[name].append(value)


def only_ignored(case):
    """Preferences (RFC 7240) and conditions (RFC 9110) that are not understood are left alone, not refused."""
    wrong = {place for place, component in case.meta.components.items() if component.mode.is_negative}
    form = {"If-Match": VERSION, "Idempotency-Key": KEY}
    fits = all(form[name].fullmatch(str(case.headers[name])) for name in form if name in case.headers)
    return wrong == {ParameterLocation.HEADER} and fits


def refused_below(case, response):
    """A batch whose items are done each by itself answers 200, and refuses those that do not fit in their places."""
    each = case.path.endswith("/batch") and isinstance(case.body, dict) and case.body.get("mode") == "each"
    return each and response.status_code == 200 and response.json()["refused"] > 0


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """What is well formed may be against a rule, which no schema tells; it is never told that its form is wrong."""
    if isinstance(failure, AcceptedNegativeData):
        return not only_ignored(case) and not refused_below(case, response)
    if not isinstance(failure, RejectedPositiveData) or response.status_code == 405:
        return True
    told = response.json()
    # A cursor is what a list has given.
    flaws = [flaw["code"] for flaw in told.get("errors", []) if flaw["pointer"] != "cursor"]
    return told.get("code") in FORM and (not told.get("errors") or not FLAWS.isdisjoint(flaws))


@atexit.register
def figures():
    did = [label for label, statuses in SEEN.items() if any(200 <= status < 300 for status in statuses)]
    statuses = sum(SEEN.values(), Counter())
    print(f"\n{statuses.total()} requests to {len(SEEN)} operations, of which {len(did)} succeeded at least once")
    print("  " + ", ".join(f"{status}: {times}" for status, times in sorted(statuses.items())))
    with open("figures.json", "w") as file:
        json.dump({label: dict(statuses) for label, statuses in sorted(SEEN.items())}, file, indent=1)
