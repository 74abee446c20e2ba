//! The walk: one list of steps, printed as commands or done over HTTP.

use std::{
    collections::{BTreeMap, HashMap},
    error::Error,
    fmt::Write as _,
    io::Write as _,
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::Utc;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::{Client, Method, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{KEY, PASSWORD, client};

const STEPS: &str = include_str!("walk.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Walk {
    step: Vec<Step>,
}

/// One request. `$NAME` in it stands for what an earlier step kept.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    says: String,
    /// The variable with the token of who asks.
    by: String,
    /// Method and path.
    ask: String,
    body: Option<String>,
    /// Whether to ask until there is an item.
    #[serde(default)]
    wait: bool,
    /// What to keep of the answer: name, JSON pointer.
    #[serde(default)]
    keep: BTreeMap<String, String>,
}

/// Who asks beside the system: the variable with their token, and the address they log in with.
const PEOPLE: [(&str, &str); 2] = [
    ("CASEWORKER", "caseworker@vennesla-kommune.example"),
    ("COORDINATOR", "coordinator@vennesla-sentral.example"),
];

const HELPERS: &str = r#"RUN=$(date +%s)-$RANDOM; TODAY=$(TZ=CET-1CEST,M3.5.0,M10.5.0/3 date +%F); ETAG=; HEADERS=$(mktemp)
login() { curl -sS "$API/v1/sessions" -H 'Content-Type: application/json' -d "{\"email\": \"$1\", \"password\": \"$2\"}" | jq -r .access_token; }
ask() { # method, path, token, body: shows the answer, and keeps it in ANSWER and its version in ETAG
  local body=(); [ -z "${4:-}" ] || body=(-H 'Content-Type: application/json' -d "$4")
  ANSWER=$(curl -sS -X "$1" "$API$2" -D "$HEADERS" -w '\n%{http_code}' -H "Authorization: Bearer $3" -H "Idempotency-Key: $RUN-$RANDOM-$RANDOM" -H "If-Match: $ETAG" "${body[@]}")
  local status=${ANSWER##*$'\n'}; ANSWER=${ANSWER%$'\n'*}
  ETAG=$(awk -F': ' 'tolower($1) == "etag" { print $2 }' "$HEADERS" | tr -d '\r'); jq . <<< "$ANSWER"
  [[ $status == 2* ]] || { echo "Failed: $1 $2 was answered $status" >&2; return 1; }
}
keep() { jq -er "$1" <<< "$ANSWER"; }
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
"#;

const FIRST: &str = "The municipal system proves by its private key who it is, and gets a token";

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How a system gets its token. OpenSSL signs with Ed25519 only what is in a file.
fn first_step() -> String {
    let client = client();
    format!(
        r#"# 1. {FIRST}. This key is published: it is good in the demo alone.
CLIENT={client}; KEY=$(mktemp); JWT=$(mktemp)
printf -- '-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n' {KEY} > "$KEY"
CLAIMS=$(jq -nc --arg client "$CLIENT" --arg api "$API" --arg run "$RUN" '{{ iss: $client, sub: $client, aud: "\($api)/oauth/token", exp: (now + 60 | floor), jti: $run }}')
printf '%s.%s' "$(printf '{{"alg":"EdDSA"}}' | base64url)" "$(printf '%s' "$CLAIMS" | base64url)" > "$JWT"
SIGNATURE=$(openssl pkeyutl -sign -rawin -inkey "$KEY" -in "$JWT" | base64url)
SYSTEM=$(curl -sS "$API/oauth/token" -d grant_type=client_credentials -d client_assertion_type={ASSERTION_TYPE} -d "client_assertion=$(cat "$JWT").$SIGNATURE" | jq -er .access_token)

"#
    )
}

fn steps() -> Result<Vec<Step>, toml::de::Error> {
    Ok(toml::from_str::<Walk>(STEPS)?.step)
}

/// The walk as commands to paste into bash.
pub fn as_commands(base: &str) -> Result<String, Box<dyn Error>> {
    let mut text = format!("API={base}\n{HELPERS}\n{}", first_step());
    for (name, email) in PEOPLE {
        writeln!(text, "{name}=$(login {email} {PASSWORD})")?;
    }
    for (number, step) in (2..).zip(steps()?) {
        let Step { says, by, ask, body, wait, keep } = step;
        let (method, path) = ask.split_once(' ').unwrap_or_default();
        writeln!(text, "\n# {number}. {says}.")?;
        let body = body.map(|body| format!(" \"{}\"", body.trim().replace('"', "\\\""))).unwrap_or_default();
        let ask = format!("ask {method} \"{path}\" \"${by}\"{body}");
        if wait {
            writeln!(
                text,
                "for _ in {{1..60}}; do {ask} && keep '.items[0]' > /dev/null && break; sleep 1; done"
            )?;
        } else {
            writeln!(text, "{ask}")?;
        }
        for (name, pointer) in keep {
            writeln!(text, "{name}=$(keep '{}')", as_jq(&pointer))?;
        }
    }
    Ok(text)
}

/// `/items/0/id` as jq writes it: `.items[0].id`.
fn as_jq(pointer: &str) -> String {
    let step =
        |part: &str| if part.parse::<usize>().is_ok() { format!("[{part}]") } else { format!(".{part}") };
    pointer.split('/').skip(1).map(step).collect()
}

/// Does the walk against a running server, and prints what each answer comes to.
pub async fn walk(base: &str) -> Result<(), Box<dyn Error>> {
    let client = Client::new();
    let now = Utc::now();
    let system = system_token(&client, base).await?;
    writeln!(std::io::stdout(), " 1. {FIRST}.")?;
    let mut known = HashMap::from([
        ("RUN".to_owned(), now.timestamp_millis().to_string()),
        ("TODAY".to_owned(), crate::day::of(now).to_string()),
        ("SYSTEM".to_owned(), system),
    ]);
    for (name, email) in PEOPLE {
        let log_in = json!({ "email": email, "password": PASSWORD });
        let answer = client.post(format!("{base}/v1/sessions")).json(&log_in).send().await?;
        let (session, _) = understood(answer, "log in").await?;
        known.insert(name.to_owned(), text(&session, "/access_token").ok_or("no access_token")?);
    }
    for (number, step) in (2..).zip(steps()?) {
        let (answer, etag) = ask(&client, base, &step, &known).await?;
        known.insert("ETAG".into(), etag);
        for (name, pointer) in &step.keep {
            let value = text(&answer, pointer).ok_or_else(|| format!("{}: no {pointer}", step.says))?;
            known.insert(name.clone(), value);
        }
        writeln!(std::io::stdout(), "{number:>2}. {}.{}", step.says, essence(&answer))?;
    }
    Ok(())
}

async fn system_token(http: &Client, base: &str) -> Result<String, Box<dyn Error>> {
    let url = format!("{base}/oauth/token");
    let (client, exp) = (client(), Utc::now().timestamp() + 60);
    let claims = json!({ "iss": client, "sub": client, "aud": url, "exp": exp, "jti": uuid::Uuid::now_v7() });
    let key = EncodingKey::from_ed_der(&STANDARD.decode(KEY)?);
    let assertion = jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), &claims, &key)?;
    let form = format!(
        "grant_type=client_credentials&client_assertion_type={ASSERTION_TYPE}&client_assertion={assertion}"
    );
    let request = http.post(url).header("Content-Type", "application/x-www-form-urlencoded").body(form);
    let answer = request.send().await.map_err(|error| match error.is_connect() {
        true => {
            format!("nobody answers at {base}: start `samspill serve` or ./run in another terminal").into()
        }
        false => Box::<dyn Error>::from(error),
    })?;
    let (admitted, _) = understood(answer, FIRST).await?;
    Ok(text(&admitted, "/access_token").ok_or("no access_token")?)
}

/// The few words of an answer that tell how far a thing has come.
fn essence(answer: &Value) -> String {
    let it = answer.pointer("/items/0").unwrap_or(answer);
    let told = ["status", "blocked_reason", "number", "due_on"];
    let told =
        told.iter().filter_map(|name| Some(format!(" {name}={}", it.get(name).filter(|it| !it.is_null())?)));
    told.collect()
}

/// One step, repeated for a while where it waits for the worker.
async fn ask(
    client: &Client,
    base: &str,
    step: &Step,
    known: &HashMap<String, String>,
) -> Result<(Value, String), Box<dyn Error>> {
    let (method, path) = step.ask.split_once(' ').ok_or("a step without a path")?;
    let (method, url) = (Method::from_bytes(method.as_bytes())?, format!("{base}{}", filled(path, known)));
    for _ in 0..100 {
        let mut request = client
            .request(method.clone(), &url)
            .bearer_auth(known.get(&step.by).map_or("", String::as_str))
            .header("Idempotency-Key", uuid::Uuid::now_v7().to_string());
        if let Some(etag) = known.get("ETAG").filter(|etag| !etag.is_empty()) {
            request = request.header("If-Match", etag);
        }
        if let Some(body) = &step.body {
            request = request.header("Content-Type", "application/json").body(filled(body, known));
        }
        let (answer, etag) = understood(request.send().await?, &step.says).await?;
        if !step.wait || answer.pointer("/items/0").is_some() {
            return Ok((answer, etag));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(format!("{}: nothing came", step.says).into())
}

async fn understood(answer: Response, says: &str) -> Result<(Value, String), Box<dyn Error>> {
    let status = answer.status();
    let etag =
        answer.headers().get("etag").and_then(|etag| etag.to_str().ok()).unwrap_or_default().to_owned();
    let body = answer.text().await?;
    if !status.is_success() {
        return Err(format!("{says}: {status}: {body}").into());
    }
    Ok((serde_json::from_str(&body).unwrap_or_default(), etag))
}

fn text(answer: &Value, pointer: &str) -> Option<String> {
    match answer.pointer(pointer)? {
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}

/// Puts in what is known. Longer names first, so that `$CONSENTS` is not taken for `$CONSENT`.
fn filled(template: &str, known: &HashMap<String, String>) -> String {
    let mut names: Vec<_> = known.iter().collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("${name}"), value))
}
