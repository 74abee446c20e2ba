//! `src/schema.rs` is what the database has.

use crate::support::{Api, probe::TABLES};

const HEAD: &str = "//! The tables, as a test finds them in the database. `id` alone is the key here: the policies supply the organisation.\n";

/// Tables whose key is not `id`.
const KEYS: &[(&str, &str)] = &[
    ("login_throttle", "hash"),
    ("refresh_token", "hash"),
    ("rulebook", "edition"),
    ("used_proof", "account_id, proof"),
];

const COLUMNS: &str = "select attname || ' -> ' || case when attnotnull then kind else 'Nullable<' || kind || '>' end as line
    from pg_attribute, lateral (select case format_type(atttypid, null)
            when 'uuid' then 'Uuid' when 'text' then 'Text' when 'integer' then 'Int4' when 'bigint' then 'Int8' when 'smallint' then 'Int2'
            when 'boolean' then 'Bool' when 'date' then 'Date' when 'timestamp with time zone' then 'Timestamptz' when 'jsonb' then 'Jsonb'
            when 'bytea' then 'Bytea' when 'tstzrange' then 'Tstzrange' when 'text[]' then 'Array<Text>' when 'bytea[]' then 'Array<Bytea>' when 'uuid[]' then 'Array<Uuid>'
            when 'numeric' then 'Numeric' when 'double precision' then 'Float8'
            else 'no type of diesel: ' || format_type(atttypid, null) end as kind) as it
    where attrelid = 'public.{table}'::regclass and attnum > 0 and not attisdropped order by attnum";

#[actix_web::test]
async fn the_schema_is_what_the_database_has() {
    let api = Api::start().await;
    let tables = api.lines(TABLES).await;
    let mut text = HEAD.to_owned();
    for table in &tables {
        let key = KEYS.iter().find(|(name, _)| name == table).map_or("id", |(_, key)| key);
        let columns = api.lines(&COLUMNS.replace("{table}", table)).await;
        let columns: String = columns.iter().map(|column| format!("        {column},\n")).collect();
        text += &format!("\ndiesel::table! {{\n    {table} ({key}) {{\n{columns}    }}\n}}\n");
    }
    let names: String = tables.iter().map(|table| format!("    {table},\n")).collect();
    text += &format!("\ndiesel::allow_tables_to_appear_in_same_query!(\n{names});\n");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/schema.rs");
    if std::env::var_os("SAMSPILL_BLESS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let file = std::fs::read_to_string(path).unwrap();
    let differ = text.lines().zip(file.lines()).find(|(database, file)| database != file);
    assert!(
        file == text,
        "src/schema.rs is not what the database has, first at {differ:?}: run with SAMSPILL_BLESS=1"
    );
}
