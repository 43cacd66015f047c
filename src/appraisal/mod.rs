//! tmp
pub mod result;
