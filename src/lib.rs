//! Samspill: one door, and rooms that are all furnished alike.

pub mod access;
pub mod app;
pub mod config;
pub mod day;
pub mod db;
pub mod demo;
pub mod domains;
pub mod events;
pub mod identifiers;
pub mod jobs;
pub mod mailer;
pub mod problem;
pub mod rules;
mod schema;
pub mod start;
pub mod web;
pub mod words;
