//! Bodies, systems, services and contracts, as the pack shows them.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrganisationView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// `dissolves`, `transfers_services`, `continues` or `new`.
    pub status: String,
    /// The body that takes over its costs (id), and from which day (ISO).
    pub successor: Option<(String, String)>,
}

/// An instance of a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemView {
    /// Id of the instance.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The product.
    pub product: String,
    /// The supplier.
    pub supplier: Option<String>,
    /// The body that operates it (id).
    pub operator: Option<String>,
    /// `own`, `unit` or `hosted`.
    pub tenancy: String,
    /// Users live on it as the appraisal starts.
    pub users: f64,
}

/// A service and the systems it starts on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServiceView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Line, such as community or mental health.
    pub line: Option<String>,
    /// Organisation (id).
    pub organisation: Option<String>,
    /// Place.
    pub place: Option<String>,
    /// Care setting.
    pub setting: Option<String>,
    /// Users.
    pub users: f64,
    /// Slot to instance id, as the appraisal starts.
    pub slots: IndexMap<String, String>,
    /// Slot to users.
    pub slot_users: IndexMap<String, f64>,
}

/// The services of one place or one body as the appraisal starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AreaView {
    /// `all`, `place` or `organisation`.
    pub kind: String,
    /// The place, or the body's id; null for all services, and for those that name none.
    pub area: Option<String>,
    /// Ids of the services.
    pub services: Vec<String>,
    /// Their users; who works in two services counts in both.
    pub users: f64,
    /// Patient records held, over the services that state them; null if none does.
    pub patients: Option<f64>,
    /// Contacts a year, over the services that state them; null if none does.
    pub contacts: Option<f64>,
}

/// A contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContractView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// `licence` or `sla`.
    pub kind: String,
    /// The body that pays (id).
    pub body: Option<String>,
    /// The instance it licenses (id), if it is for one.
    pub instance: Option<String>,
    /// First day (ISO), if it is not already running.
    pub start: Option<String>,
    /// Last day (ISO).
    pub end: String,
    /// Notice in months.
    pub notice_months: Option<f64>,
}
