//! Requests over HTTP, from as many callers as wanted, each to any of the organisations.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use samspill::{access::Tokens, db::Cluster};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Failure,
    measure::{self, Cost},
    world::{Of, World},
};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Post,
    Get,
    Page,
    FilteredPage,
}

impl Operation {
    pub const ALL: [Self; 4] = [Self::Post, Self::Get, Self::Page, Self::FilteredPage];
}

impl fmt::Display for Operation {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::Post => "POST referral",
            Self::Get => "GET referral",
            Self::Page => "page of 50",
            Self::FilteredPage => "filtered page of 50",
        })
    }
}

/// Somebody who asks.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    world: World,
    tokens: Tokens,
}

impl Client {
    pub fn new(address: &str, world: &World, tokens: Tokens) -> Result<Self, Failure> {
        let http = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(64).build()?;
        Ok(Self { http, base: format!("http://{address}/v1/referrals"), world: *world, tokens })
    }

    /// Good for ten minutes.
    fn all_tokens(&self) -> Result<Arc<[String]>, Failure> {
        let tokens = (0..self.world.organisations).map(|it| self.tokens.issue(&self.world.coordinator(it)));
        Ok(tokens.collect::<Result<_, _>>()?)
    }

    /// Asks once, about a letter that the organisation has sent. Fails unless it is answered well.
    async fn ask(
        &self,
        operation: Operation,
        token: &str,
        organisation: u64,
        nth: u64,
    ) -> Result<(), Failure> {
        let letter = nth * self.world.organisations + organisation;
        let request = match operation {
            Operation::Post => {
                let other = (organisation + 1) % self.world.organisations;
                let new = json!({
                    "counterpart_organisation_id": Of::Organisation.id(other), "person_id": Of::Person.id(letter),
                    "service": "visiting_friend", "kind": "establish", "source_channel": "municipality",
                    "need": "Selskap på turer, gjerne i skogen",
                });
                let key = format!("bench-{}", Uuid::now_v7().simple());
                self.http.post(&self.base).header("Idempotency-Key", key).json(&new)
            }
            Operation::Get => self.http.get(format!("{}/{}", self.base, Of::Referral.id(letter))),
            Operation::Page => self.http.get(format!("{}?limit=50", self.base)),
            Operation::FilteredPage => self.http.get(format!("{}?limit=50&status=completed", self.base)),
        };
        let answer = request.bearer_auth(token).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if status.is_success() { Ok(()) } else { Err(format!("{operation}: {status} {text}").into()) }
    }

    /// As organisation 0, so often, about its letters one after the other.
    pub async fn repeat(&self, operation: Operation, times: u64) -> Result<(), Failure> {
        let token = self.tokens.issue(&self.world.coordinator(0))?;
        for nth in 0..times {
            self.ask(operation, &token, 0, nth).await?;
        }
        Ok(())
    }

    pub async fn measure(
        &self,
        operation: Operation,
        connections: usize,
        time: Duration,
        (server, cluster): (u32, &Cluster),
    ) -> Result<Cost, Failure> {
        let tokens = self.all_tokens()?;
        let before = (measure::cpu(server, false)?, measure::database_cpu(cluster)?);
        let began = Instant::now();
        let callers: Vec<_> = (0..connections)
            .map(|_| {
                let (client, tokens) = (self.clone(), tokens.clone());
                tokio::spawn(async move { client.call_until(operation, &tokens, began + time).await })
            })
            .collect();
        let mut cost = Cost::default();
        for caller in callers {
            cost.latencies.extend(caller.await??);
        }
        cost.time = began.elapsed();
        cost.client_cpu = measure::cpu(server, false)? - before.0;
        cost.database_cpu = measure::rested(cluster).await? - before.1;
        Ok(cost)
    }

    async fn call_until(
        &self,
        operation: Operation,
        tokens: &[String],
        end: Instant,
    ) -> Result<Vec<u32>, Failure> {
        let mut latencies = Vec::new();
        while Instant::now() < end {
            // The low bits of a version 7 id are random.
            let chance = Uuid::now_v7().as_u64_pair().1 & (u64::MAX >> 2);
            let organisation = chance % self.world.organisations;
            let nth = chance / self.world.organisations % self.world.sent_each();
            let token = tokens.get(usize::try_from(organisation)?).ok_or("no token")?;
            let asked = Instant::now();
            self.ask(operation, token, organisation, nth).await?;
            latencies.push(u32::try_from(asked.elapsed().as_micros())?);
        }
        Ok(latencies)
    }
}
