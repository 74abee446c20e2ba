//! One connection: in the clear over a socket or the loopback, by TLS to everywhere else.

use std::{error::Error, sync::Arc};

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use tokio_postgres::{
    Config, NoTls,
    config::{Host, SslMode},
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Connects to `url`. Certificates are checked against the system's authorities.
pub async fn connect(url: &str) -> ConnectionResult<AsyncPgConnection> {
    // The cause is what helps: without it, all that the server says is `db error`.
    let refused = |error: &dyn Error| {
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        ConnectionError::BadConnection(format!("{error}{cause}"))
    };
    let mut config: Config = url.parse().map_err(|error| refused(&error))?;
    config.application_name("samspill");
    let disabled = config.get_ssl_mode() == SslMode::Disable;
    if disabled || !is_remote(&config) && config.get_ssl_mode() != SslMode::Require {
        let (client, connection) = config.connect(NoTls).await.map_err(|error| refused(&error))?;
        return AsyncPgConnection::try_from_client_and_connection(client, connection).await;
    }
    config.ssl_mode(SslMode::Require);
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| refused(&error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connected = config.connect(MakeRustlsConnect::new(tls)).await;
    let (client, connection) = connected.map_err(|error| refused(&error))?;
    AsyncPgConnection::try_from_client_and_connection(client, connection).await
}

/// Runs a script of many statements in one transaction.
pub async fn run_script(url: &str, script: &str) -> Result<(), Box<dyn Error>> {
    let mut db = connect(url).await?;
    Ok(db.batch_execute(&format!("begin; {script}; commit")).await?)
}

/// Whether this address asks to send what could be overheard in the clear.
pub fn in_the_clear(url: &str) -> Result<bool, tokio_postgres::Error> {
    let config: Config = url.parse()?;
    Ok(is_remote(&config) && config.get_ssl_mode() == SslMode::Disable)
}

fn is_remote(config: &Config) -> bool {
    config.get_hosts().iter().any(|host| match host {
        Host::Tcp(name) => {
            name != "localhost" && !name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
        }
        Host::Unix(_) => false,
    })
}
