//! What is different between two versions.

use std::collections::BTreeMap;

use serde_json::Value;

use super::types::Change;

/// Each leaf that is not the same, by its JSON pointer.
pub fn between(before: &Value, after: &Value) -> Vec<Change> {
    let (mut from, mut to) = (BTreeMap::new(), BTreeMap::new());
    leaves(String::new(), before, &mut from);
    leaves(String::new(), after, &mut to);
    let mut paths: Vec<_> = from.keys().chain(to.keys()).cloned().collect();
    paths.sort();
    paths.dedup();
    let change = |path: String| Change { from: from.remove(&path), to: to.remove(&path), path };
    paths.into_iter().map(change).filter(|change| change.from != change.to).collect()
}

fn leaves(at: String, value: &Value, into: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            // Names are those of the closed form: none has to be escaped.
            fields.iter().for_each(|(name, field)| leaves(format!("{at}/{name}"), field, into));
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(index, item)| leaves(format!("{at}/{index}"), item, into));
        }
        leaf => {
            into.insert(at, leaf.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn each_changed_leaf_is_told_once() {
        let before =
            json!({ "name": { "given_name": "Ada" }, "activities": ["tur", "kino"], "relatives": [] });
        let after = json!({ "name": { "given_name": "Ida" }, "activities": ["tur"], "relatives": [{ "phone": "1" }] });
        let told = serde_json::to_value(between(&before, &after)).unwrap();
        let expected = json!([
            { "path": "/activities/1", "from": "kino", "to": null },
            { "path": "/name/given_name", "from": "Ada", "to": "Ida" },
            { "path": "/relatives", "from": [], "to": null },
            { "path": "/relatives/0/phone", "from": null, "to": "1" },
        ]);
        assert_eq!(told, expected);
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![any::<bool>().prop_map(Value::from), any::<i8>().prop_map(Value::from)];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-c]", inner, 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn nothing_is_told_only_of_equals(one in any_value(), other in any_value()) {
            prop_assert_eq!(between(&one, &one).len(), 0);
            prop_assert_eq!(between(&one, &other).is_empty(), one == other);
        }
    }
}
