//! What everybody may read, and only a new program changes: the document, and the explorer that shows it to a browser.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{HttpRequest, HttpResponse, http::header, web::Bytes};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use utoipa_swagger_ui::Config;

use super::is_known;
use crate::problem::Problem;

/// What the explorer may do: load and call what is ours. Its icons stand in its style sheet, as data.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Files by path.
#[derive(Debug)]
pub struct Published(BTreeMap<&'static str, File>);

#[derive(Debug)]
struct File {
    kind: &'static str,
    bytes: Bytes,
    etag: String,
}

impl Published {
    /// The document in both spellings, and the explorer.
    pub fn of(contract: &Value) -> Self {
        let json = serde_json::to_vec(contract).unwrap_or_default();
        let yaml = serde_saphyr::to_string(contract).unwrap_or_default();
        let page = include_str!("../../data/explorer/explorer.html");
        let script = include_str!("../../data/explorer/explorer.js");
        let all: [(_, _, Bytes); 6] = [
            ("/openapi.json", "application/json", json.into()),
            ("/openapi.yaml", "application/yaml", yaml.into()),
            ("/docs", "text/html; charset=utf-8", page.into()),
            ("/docs/explorer.js", "text/javascript; charset=utf-8", script.into()),
            ("/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8", bundled("swagger-ui-bundle.js")),
            ("/docs/swagger-ui.css", "text/css; charset=utf-8", bundled("swagger-ui.css")),
        ];
        let file = |(path, kind, bytes): (_, _, Bytes)| {
            let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(&bytes)));
            (path, File { kind, bytes, etag })
        };
        Self(all.into_iter().map(file).collect())
    }

    /// Where they are.
    pub fn paths(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// 200, or 304 if the caller has it already. It may be kept, unlike all else, but is asked for again.
    pub fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, Problem> {
        let file = self.0.get(request.path()).ok_or_else(Problem::not_found)?;
        let known = is_known(request, &file.etag);
        let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response.insert_header((header::ETAG, &*file.etag));
        response.insert_header((header::CACHE_CONTROL, "no-cache"));
        response.insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
        Ok(if known { response.finish() } else { response.content_type(file.kind).body(file.bytes.clone()) })
    }
}

/// A file of Swagger UI, which is in the program.
fn bundled(name: &str) -> Bytes {
    let file = utoipa_swagger_ui::serve(name, Arc::new(Config::default()));
    file.ok().flatten().map(|file| file.bytes.into_owned().into()).unwrap_or_default()
}
