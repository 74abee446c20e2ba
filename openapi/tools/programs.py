"""Writes a program in TypeScript and one in Python that call every operation with the document's own examples.

Compilers read them, and the Python one also turns every example into its models and back.
"""

import json
from pathlib import Path
from typing import Any

from openapi_python_client.strings import pascal_case, snake_case

ID = "0198c5a4-6c00-7000-8000-000000000001"
DOCUMENT = json.loads(Path("openapi.json").read_text())

TYPESCRIPT = """import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

const client = createClient<paths>({ baseUrl: "https://samspill.example", headers: { Authorization: "Bearer …" } });
"""

PYTHON = """from uuid import UUID

from samspill_client import AuthenticatedClient, models

client = AuthenticatedClient(base_url="https://samspill.example", token="…")
"""


def resolve(part: dict[str, Any]) -> dict[str, Any]:
    """What a reference refers to."""
    name = part.get("$ref")
    if name is None:
        return part
    kind, one = name.split("/")[-2:]
    found: dict[str, Any] = DOCUMENT["components"][kind][one]
    return found


def content(part: dict[str, Any]) -> tuple[str, Any] | None:
    """The name of the schema of a body, and its example."""
    for media in part.get("content", {}).values():
        return media["schema"]["$ref"].split("/")[-1], media["example"]
    return None


def typescript(method: str, path: str, operation: dict[str, Any], body: Any, answer: Any) -> str:
    """One call of the TypeScript client."""
    params: dict[str, dict[str, Any]] = {}
    for one in map(resolve, operation.get("parameters", [])):
        if one.get("required"):
            params.setdefault(one["in"], {})[one["name"]] = one.get("example", ID)
    init: dict[str, Any] = {"params": params} if params else {}
    if body:
        init["body"] = body[1]
    lines = [
        f"export async function {operation['operationId']}() {{",
        f"  const {{ data, error }} = await client.{method.upper()}({json.dumps(path)}, {json.dumps(init)});",
        "  if (error) throw error;",
    ]
    if answer:
        lines.append(f"  const shown: NonNullable<typeof data> = {json.dumps(answer[1])};")
        lines.append("  return [data, shown];")
    return "\n".join([*lines, "}", ""])


def python(operation: dict[str, Any], body: Any, answer: Any) -> str:
    """One call of the Python client."""
    name, tag = operation["operationId"], snake_case(operation["tags"][0])
    arguments = []
    for one in map(resolve, operation.get("parameters", [])):
        if one.get("required"):
            value = one.get("example", ID)
            told = f"UUID({value!r})" if one["schema"].get("format") == "uuid" else repr(value)
            arguments.append(f"{snake_case(one['name'])}={told}")
    lines = [f"from samspill_client.api.{tag} import {name} as _{name}", f"def {name}() -> None:"]
    if body:
        lines.append(f"    body = models.{pascal_case(body[0])}.from_dict({body[1]!r})")
        lines.append(f"    assert models.{pascal_case(body[0])}.from_dict(body.to_dict()) == body")
        arguments.append("body=body")
    if answer:
        lines.append(f"    shown = models.{pascal_case(answer[0])}.from_dict({answer[1]!r})")
        lines.append(f"    assert models.{pascal_case(answer[0])}.from_dict(shown.to_dict()) == shown")
    call = f"_{name}.sync_detailed(client=client, {', '.join(arguments)})"
    lines += ["    if ASKING:", f"        parsed = {call}.parsed"]
    if answer:
        lines.append(f"        assert isinstance(parsed, models.{pascal_case(answer[0])})")
    return "\n".join([*lines, "", f"{name}()", ""])


def main() -> None:
    """Both programs, and those of the README, into the current folder."""
    scripts = [TYPESCRIPT]
    programs = [PYTHON, "ASKING = False  # There is no server to ask.\n"]
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            body = content(operation.get("requestBody", {}))
            answer = next(content(it) for status, it in operation["responses"].items() if status[0] == "2")
            scripts.append(typescript(method, path, operation, body, answer))
            programs.append(python(operation, body, answer))
    Path("calls.ts").write_text("\n".join(scripts))
    Path("calls.py").write_text("\n".join(programs))
    for language, ending in [("ts", "ts"), ("python", "py")]:
        shown = Path("README.md").read_text().split(f"```{language}\n")[1].split("```")[0]
        Path(f"readme.{ending}").write_text(shown)


main()
