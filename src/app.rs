//! Builds the app: what surrounds every request, and every room's routes.

use std::{
    collections::{BTreeSet, HashMap},
    error::Error,
    panic::AssertUnwindSafe,
    sync::LazyLock,
    time::Duration,
};

use actix_web::{
    App, HttpMessage as _, HttpRequest, HttpResponse, HttpServer,
    body::{BoxBody, MessageBody},
    dev::{ResourceDef, ServiceFactory, ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::{Next, from_fn},
    web::{self, Data, PayloadConfig},
};
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use utoipa_actix_web::{AppExt as _, service_config::ServiceConfig};
use uuid::Uuid;

use crate::{
    access::{House, Purpose, write_down_refusal},
    domains,
    problem::Problem,
    web::{
        Commands, Known, LONGEST, Published, Replayed, RequestId, greet, language, openapi, options,
        pace::{self, UnderWay},
    },
};

/// It takes a moment to make, and every thread that answers needs it.
static CONTRACT: LazyLock<Value> = LazyLock::new(|| {
    let app = App::new().into_utoipa_app().openapi(openapi::head());
    openapi::complete(&app.configure(domains::routes).split_for_parts().1)
});

static PUBLISHED: LazyLock<Published> = LazyLock::new(|| Published::of(&CONTRACT));

/// The contract that the code keeps.
pub fn contract() -> &'static Value {
    &CONTRACT
}

/// The contract as it is written to `openapi/openapi.json`.
pub fn contract_text() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(contract())? + "\n")
}

/// The contract as `openapi/released.json` keeps it.
pub fn compact_text() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&openapi::compact(contract()))? + "\n")
}

/// The whole app.
pub fn app(
    house: House,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let configured = |cfg: &mut ServiceConfig| domains::routes(cfg);
    let (app, _) = App::new().into_utoipa_app().configure(configured).split_for_parts();
    let app = app
        .app_data(Data::new(house))
        .app_data(Data::new(Known::of(&CONTRACT)))
        .app_data(Data::new(doors()))
        .app_data(Data::new(commands(&CONTRACT)))
        .app_data(PayloadConfig::new(LONGEST))
        .route(HEALTH[0], web::get().to(async || HttpResponse::Ok().json(json!({ "status": "ok" }))))
        .route(HEALTH[1], web::get().to(is_ready))
        .route(
            SLIP,
            web::get().to(async || {
                HttpResponse::PermanentRedirect().insert_header(("Location", "../docs")).finish()
            }),
        )
        .default_service(web::to(nowhere))
        .wrap(from_fn(surround));
    let published = async |request: HttpRequest| PUBLISHED.answer(&request);
    PUBLISHED.paths().fold(app, |app, path| app.route(path, web::get().to(published)))
}

/// How long a connection is kept without a request. Longer than a proxy in front keeps it (nginx: 60 seconds), which would
/// send into a connection that is being closed.
pub const KEPT: Duration = Duration::from_secs(75);

/// Serves until `stop` comes to pass; accepted requests are answered first. Signals are for the caller to understand: of
/// its own accord actix would drop what it holds at an interrupt.
pub async fn serve(
    house: House,
    bind: &str,
    workers: usize,
    kept: Duration,
    stop: impl Future<Output = ()> + 'static,
) -> Result<(), Box<dyn Error>> {
    let bell = house.bell.clone();
    let server = HttpServer::new(move || app(house.clone()))
        .workers(workers)
        .client_request_timeout(Duration::from_secs(10))
        .keep_alive(kept)
        .on_connect(move |connection, data| pace::mind(connection, data, kept))
        .shutdown_timeout(30)
        // Whoever hangs up waits for nothing any more.
        .h1_allow_half_closed(false)
        .disable_signals()
        .bind(bind)?
        .run();
    let handle = server.handle();
    actix_web::rt::spawn(async move {
        stop.await;
        bell.close();
        handle.stop(true).await;
    });
    Ok(server.await?)
}

async fn is_ready(house: Data<House>) -> Result<HttpResponse, Problem> {
    house.pool.system(Purpose::Health, async |_| Ok(())).await?;
    Ok(HttpResponse::Ok().json(json!({ "status": "ok" })))
}

/// Looked at by machines, and not in the document.
const HEALTH: [&str; 2] = ["/health/live", "/health/ready"];
/// What people write for `/docs`.
const SLIP: &str = "/docs/";

type Doors = Vec<(ResourceDef, Vec<String>)>;

fn operations(contract: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = contract.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        item.as_object().into_iter().flatten().map(move |(method, operation)| (path, method, operation))
    })
}

fn doors() -> Doors {
    let mut methods: HashMap<&str, Vec<String>> = HashMap::new();
    for (path, method, _) in operations(&CONTRACT) {
        methods.entry(path).or_default().push(method.to_uppercase());
    }
    methods.extend(
        HEALTH.into_iter().chain([SLIP]).chain(PUBLISHED.paths()).map(|path| (path, vec!["GET".into()])),
    );
    for methods in methods.values_mut() {
        methods.extend(methods.iter().find(|method| *method == "GET").map(|_| "HEAD".into()));
        methods.push("OPTIONS".into());
    }
    methods.into_iter().map(|(path, methods)| (ResourceDef::new(path), methods)).collect()
}

/// Which roles may do `POST <collection>/{id}/<command>`, and `update` by PATCH. What is done to a thing by making
/// another says so itself.
fn commands(contract: &Value) -> Commands {
    let command = |(path, method, operation): (&String, &String, &Value)| {
        let named = operation.get("x-command").and_then(|named| named.as_str()?.split_once(' '));
        let patch = path.strip_suffix("/{id}").filter(|_| method == "patch").map(|path| (path, "update"));
        let (collection, command) = named.or(patch).or_else(|| path.split_once("/{id}/"))?;
        let roles = operation.get("x-allowed-roles")?.as_array()?;
        let roles = roles.iter().filter_map(|role| role.as_str().map(str::to_owned)).collect();
        Some(((collection.to_owned(), command.to_owned()), roles))
    };
    Commands(operations(contract).filter_map(command).collect())
}

/// The methods that are possible at a path, with commas between.
fn methods(doors: &Doors, at: &str) -> String {
    let word = word(doors, at);
    let here = doors.iter().filter(|(path, _)| word.is_none() && path.is_match(at));
    let all: BTreeSet<&str> =
        word.into_iter().chain(here).flat_map(|(_, all)| all).map(String::as_str).collect();
    Vec::from_iter(all).join(", ")
}

/// The door whose path is a word here, and not an id.
fn word<'a>(doors: &'a Doors, at: &str) -> Option<&'a (ResourceDef, Vec<String>)> {
    doors.iter().find(|(path, _)| path.pattern() == Some(at))
}

/// Keeps `GET /v1/persons/search` from reading the person with the id `search`.
fn is_no_id(request: &ServiceRequest) -> Result<(), Problem> {
    let (at, method) = (request.path(), request.method().as_str());
    let Some(doors) = request.app_data::<Data<Doors>>() else { return Ok(()) };
    // Every request comes by here: most are about an id, and are let through before paths are matched.
    let Some((_, possible)) = word(doors, at) else { return Ok(()) };
    let takes = |methods: &[String]| methods.iter().any(|it| it == method);
    if takes(possible) || !doors.iter().any(|(path, methods)| takes(methods) && path.is_match(at)) {
        return Ok(());
    }
    Err(Problem::wrong_method(methods(doors, at)))
}

/// No route took the request: either the path is unknown, or only the method is.
async fn nowhere(request: HttpRequest, doors: Data<Doors>) -> Result<HttpResponse, Problem> {
    let methods = methods(&doors, request.path());
    match methods.is_empty() {
        true => Err(Problem::not_found()),
        false => options(&request, &methods).ok_or_else(|| Problem::wrong_method(methods)),
    }
}

/// Numbers the request; whatever goes wrong, even a panic, is answered with a problem.
async fn surround(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let _under_way = UnderWay::begin(&request);
    let id = Uuid::now_v7();
    let language = language(&request);
    request.extensions_mut().insert(RequestId(id));
    let mut told = vec![
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    told.extend(HeaderValue::from_str(&id.to_string()).map(|id| (HeaderName::from_static("request-id"), id)));
    let method = request.method().clone();
    if method == Method::HEAD {
        // Whatever answers GET answers HEAD, and the server leaves out the body.
        request.head_mut().method = Method::GET;
    }
    let outcome = match greet(&request, &mut told).and_then(|()| is_no_id(&request)) {
        Ok(()) => {
            let answered = AssertUnwindSafe(next.call(request)).catch_unwind().await;
            answered.map(|answered| answered.map(ServiceResponse::map_into_boxed_body))
        }
        Err(problem) => {
            let response = problem.answer(language, Some(id));
            Ok(Ok(request.into_response(response)))
        }
    };
    let mut response = match outcome {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => return Err(error),
        // An error and not a response: a response needs the request, and actix panics if a copy of it is kept.
        Err(_) => return Err(Problem::internal("panic").numbered(id, told).into()),
    };
    if let Err(problem) = write_down_refusal(response.request()).await
        && problem.code() != "unauthorised"
    {
        let (request, _) = response.into_parts();
        response = ServiceResponse::new(request, problem.answer(language, Some(id)));
    } else if let Some(problem) = response.response().error().and_then(actix_web::Error::as_error::<Problem>)
    {
        let numbered = problem.answer(language, Some(id));
        let (request, _) = response.into_parts();
        response = ServiceResponse::new(request, numbered);
    }
    let replayed = response.request().extensions().get::<Replayed>().is_some();
    let status = response.status();
    tracing::info!(%id, %method, path = response.request().match_pattern(), status = status.as_u16(), "answered");
    let headers = response.headers_mut();
    for (name, value) in told {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    }
    if replayed && status.is_success() {
        headers.insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use actix_web::test::{TestRequest, init_service, try_call_service};

    use super::*;

    #[actix_web::test]
    async fn a_panic_is_a_problem() {
        let panics = web::get().to(async || -> HttpResponse { panic!("of course") });
        let app = init_service(App::new().route("/", panics).wrap(from_fn(surround))).await;
        let error = try_call_service(&app, TestRequest::get().to_request()).await.unwrap_err();
        let response = error.error_response();
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers().get("content-type").unwrap(), "application/problem+json");
        assert!(response.headers().contains_key("request-id"));
    }
}
