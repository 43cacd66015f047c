//! From ids to names.

use crate::appraisal::result::Appraisal;
use crate::appraisal::result::{OptionResult, UNASSIGNED};

/// Looks names up in an appraisal; an unknown id stands for itself.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a>(pub &'a Appraisal);

impl Names<'_> {
    /// An option's name.
    #[must_use]
    pub fn option(&self, id: &str) -> String {
        find(&self.0.options, id, |o| (&o.id, &o.name))
    }

    /// A service's name.
    #[must_use]
    pub fn service(&self, id: &str) -> String {
        find(&self.0.services, id, |s| (&s.id, &s.name))
    }

    /// A system's name.
    #[must_use]
    pub fn system(&self, id: &str) -> String {
        find(&self.0.systems, id, |s| (&s.id, &s.name))
    }

    /// A body's name.
    #[must_use]
    pub fn body(&self, id: &str) -> String {
        if id == UNASSIGNED {
            return "Not assigned to a body".to_owned();
        }
        find(&self.0.organisations, id, |o| (&o.id, &o.name))
    }

    /// A body's name, with the body that takes over from it; that body alone where it has done so by the as-at date.
    #[must_use]
    pub fn payer(&self, id: &str) -> String {
        let successor = self.0.organisations.iter().find(|o| o.id == id).and_then(|o| o.successor.as_ref());
        match successor {
            // Dates are written year first, so their order is that of their texts.
            Some((next, from)) if *from <= self.0.as_at => self.body(next),
            Some((next, _)) => format!("{}, then {}", self.body(id), self.body(next)),
            None => self.body(id),
        }
    }

    /// A contract's name.
    #[must_use]
    pub fn contract(&self, id: &str) -> String {
        find(&self.0.contracts, id, |c| (&c.id, &c.name))
    }

    /// The name of a criterion or of a group of criteria.
    #[must_use]
    pub fn criterion(&self, id: &str) -> String {
        let leaf = self.0.criteria.iter().find(|c| c.id == id).map(|c| c.name.clone());
        leaf.unwrap_or_else(|| find(&self.0.groups, id, |g| (&g.id, &g.name)))
    }

    /// Names of the options in order.
    #[must_use]
    pub fn options(&self) -> Vec<String> {
        self.0.options.iter().map(|o| o.name.clone()).collect()
    }

    /// The option that is business as usual, if there is one.
    #[must_use]
    pub fn business_as_usual(&self) -> Option<&OptionResult> {
        self.0.options.iter().find(|o| o.kind == "business_as_usual")
    }

    /// A service slot: the service's name, with the slot where it is not the only one.
    #[must_use]
    pub fn slot(&self, service: &str, slot: &str) -> String {
        let name = self.service(service);
        let several = self.0.services.iter().find(|s| s.id == service).is_some_and(|s| s.slots.len() > 1);
        if several || slot != "core" { format!("{name}: {}", slot.replace('_', " ")) } else { name }
    }
}

fn find<T>(all: &[T], id: &str, parts: impl Fn(&T) -> (&String, &String)) -> String {
    all.iter().map(parts).find(|(own, _)| *own == id).map_or_else(|| id.to_owned(), |(_, name)| name.clone())
}
