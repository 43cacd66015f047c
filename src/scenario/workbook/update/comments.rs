//! Whose comments are whose, when entries and items are removed and inserted.
//!
//! Comments right above an entry are the entry's. What stands above them, up to a blank line, is a heading, or says what the
//! file is for, and stays; so does all that stands above the first entry of a file with no blank line between. A comment
//! behind an item of a list is that item's, though TOML counts it to the next one.

use toml_edit::{Array, Decor, DocumentMut, Item, Table, Value};

/// Keys and positions in lists of tables on the way to a table.
type Way = Vec<String>;

/// Where tables with headers stand, in the order in which they are printed.
fn printed(doc: &DocumentMut) -> Vec<Way> {
    fn visit(table: &Table, way: &Way, last: &mut isize, all: &mut Vec<(isize, Way)>) {
        *last = table.position().unwrap_or(*last);
        let header = !table.is_implicit() || table.iter().any(|(_, item)| item.is_value());
        if header && !table.is_dotted() && !way.is_empty() {
            all.push((*last, way.clone()));
        }
        for (key, item) in table {
            let way: Way = way.iter().cloned().chain([key.to_owned()]).collect();
            match item {
                Item::Table(inner) => visit(inner, &way, last, all),
                Item::ArrayOfTables(tables) => {
                    for (i, inner) in tables.iter().enumerate() {
                        visit(inner, &way.iter().cloned().chain([i.to_string()]).collect(), last, all);
                    }
                }
                _ => {}
            }
        }
    }
    let mut all = Vec::new();
    visit(doc.as_table(), &Vec::new(), &mut 0, &mut all);
    // Stable, as the printer sorts them.
    all.sort_by_key(|(position, _)| *position);
    all.into_iter().map(|(_, way)| way).collect()
}

fn table<'d>(doc: &'d mut DocumentMut, way: &[String]) -> Option<&'d mut Table> {
    let mut item = doc.as_item_mut();
    let mut keys = way.iter();
    while let Some(key) = keys.next() {
        item = item.as_table_mut()?.get_mut(key)?;
        if item.is_array_of_tables() {
            let at: usize = keys.next()?.parse().ok()?;
            let rest = keys.as_slice();
            let inner = item.as_array_of_tables_mut()?.get_mut(at)?;
            return rest.iter().try_fold(inner, |table, key| table.get_mut(key)?.as_table_mut());
        }
    }
    item.as_table_mut()
}

/// What of the lines above an entry stays when it goes.
fn heading(above: &str, first_of_file: bool) -> String {
    let lines: Vec<&str> = above.split_inclusive('\n').collect();
    let blank = lines.iter().rposition(|line| line.trim().is_empty() && line.ends_with('\n'));
    let stay = blank.map_or(if first_of_file { lines.len() } else { 0 }, |last| last + 1);
    let stay = lines[..stay].concat();
    if stay.trim().is_empty() { String::new() } else { stay }
}

/// Lines that stay, above those of what comes next: with one blank line between them, where there was one.
fn above(stay: &str, next: &str) -> String {
    let next = if stay.ends_with("\n\n") || stay.ends_with("\r\n\r\n") { next.trim_start_matches(['\r', '\n']) } else { next };
    format!("{stay}{next}")
}

fn prefix(decor: &Decor) -> String {
    decor.prefix().and_then(|p| p.as_str()).unwrap_or_default().to_owned()
}

/// Gives what stays of the comments above an entry to what stands below it, before the entry is removed.
pub(super) fn keep_headings(doc: &mut DocumentMut, outer: &[String], key: &str) {
    let order = printed(doc);
    let value = table(doc, outer).is_some_and(|t| t.get(key).is_some_and(Item::is_value));
    if value {
        return keep_above_value(doc, outer, key, &order);
    }
    let gone: Way = outer.iter().cloned().chain([key.to_owned()]).collect();
    let rootless = doc.as_table().iter().all(|(_, item)| !item.is_value());
    let (mut carried, mut headless) = (String::new(), false);
    for (i, way) in order.iter().enumerate() {
        let first = i == 0 && rootless;
        let Some(table) = table(doc, way) else { continue };
        if way.starts_with(&gone) {
            carried = above(&carried, &heading(&prefix(table.decor()), first));
            headless |= first && carried.is_empty();
        } else if !carried.is_empty() {
            let next = above(&std::mem::take(&mut carried), &prefix(table.decor()));
            table.decor_mut().set_prefix(next);
        } else if std::mem::take(&mut headless) {
            let next = prefix(table.decor()).trim_start_matches(['\r', '\n']).to_owned();
            table.decor_mut().set_prefix(next);
        }
    }
    leave_last(doc, &carried);
}

fn leave_last(doc: &mut DocumentMut, carried: &str) {
    if !carried.is_empty() {
        let trailing = above(carried, doc.trailing().as_str().unwrap_or_default());
        doc.set_trailing(trailing);
    }
}

/// The same for a key with a value: what stays goes above the next key, or above the next table.
fn keep_above_value(doc: &mut DocumentMut, outer: &[String], key: &str, order: &[Way]) {
    let Some(within) = table(doc, outer) else { return };
    let stay = within.key(key).map_or_else(String::new, |k| heading(&prefix(k.leaf_decor()), false));
    if stay.is_empty() {
        return;
    }
    let later = within.iter().skip_while(|(k, _)| *k != key).skip(1).find(|(_, item)| item.is_value());
    if let Some(later) = later.map(|(k, _)| k.to_owned()) {
        if let Some(mut next) = within.key_mut(&later) {
            let whole = above(&stay, &prefix(next.leaf_decor()));
            next.leaf_decor_mut().set_prefix(whole);
        }
        return;
    }
    let next = order.iter().position(|way| way == outer).and_then(|i| order.get(i + 1));
    match next.and_then(|way| table(doc, way)) {
        Some(next) => {
            let whole = above(&stay, &prefix(next.decor()));
            next.decor_mut().set_prefix(whole);
        }
        None => leave_last(doc, &stay),
    }
}

/// What stands between two items of a list: up to the end of the line it is the first one's.
fn parts(between: &str) -> (&str, &str) {
    between.find('\n').map_or(("", between), |end| between.split_at(end))
}

/// What follows the last item of a list.
fn tail(array: &Array) -> String {
    let suffix =
        array.iter().last().filter(|_| !array.trailing_comma()).and_then(|v| v.decor().suffix()).and_then(|s| s.as_str());
    format!("{}{}", suffix.unwrap_or_default(), array.trailing().as_str().unwrap_or_default())
}

/// Removes an item of a list in brackets. Comments of the item before it stay, and headings above it.
pub(super) fn remove_item(array: &mut Array, position: usize) -> Option<()> {
    let own = prefix(array.get(position)?.decor());
    let (before, lines) = parts(&own);
    let heading = heading(lines.strip_prefix('\n').unwrap_or_default(), false);
    let heading = heading.strip_suffix('\n').map_or_else(String::new, |h| format!("\n{h}"));
    let next = array.get(position + 1).map(|v| prefix(v.decor()));
    let follows = next.clone().unwrap_or_else(|| tail(array));
    let (_, rest) = parts(&follows);
    // On one line, the space behind the bracket stays as it is.
    let rest = if position == 0 && !rest.contains('\n') { own.clone() } else { format!("{before}{heading}{rest}") };
    array.remove(position);
    match array.get_mut(position) {
        Some(next) => next.decor_mut().set_prefix(rest),
        None => {
            if let Some(last) = array.iter_mut().last() {
                // The space before the bracket is told by what follows.
                last.decor_mut().set_suffix("");
            }
            array.set_trailing(rest);
        }
    }
    Some(())
}

/// Puts an item into a list in brackets: on a line of its own where its neighbours stand so, with the comments behind and
/// above them left to them.
pub(super) fn insert_item(array: &mut Array, position: usize, mut item: Value) {
    let next = array.get(position).map(|v| prefix(v.decor()));
    let follows = next.clone().unwrap_or_else(|| tail(array));
    let (before, rest) = parts(&follows);
    let beside = match (&next, position.checked_sub(1).and_then(|last| array.get(last))) {
        (None, Some(last)) => prefix(last.decor()),
        (next, _) => next.clone().unwrap_or_default(),
    };
    let lined = beside.rsplit_once('\n').map(|(_, indent)| format!("\n{indent}"));
    let lined = lined.or_else(|| before.contains('#').then(|| "\n".to_owned()));
    let own = match &lined {
        Some(line) => format!("{before}{line}"),
        None if position == 0 => beside,
        None => " ".to_owned(),
    };
    item.decor_mut().set_prefix(own);
    let rest = if lined.is_none() && next.is_some() { " " } else { rest };
    match array.get_mut(position) {
        Some(next) => next.decor_mut().set_prefix(rest),
        None => {
            if let Some(last) = array.iter_mut().last() {
                last.decor_mut().set_suffix("");
            }
            array.set_trailing(rest);
        }
    }
    array.insert_formatted(position, item);
}
