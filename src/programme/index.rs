//! Typed positions in the vectors of a programme.

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);)+
    };
}

index! {
    /// A body.
    OrganisationIx,
    /// A product.
    ProductIx,
    /// An instance.
    InstanceIx,
    /// A capability.
    CapabilityIx,
    /// A service.
    ServiceIx,
    /// A contract.
    ContractIx,
    /// An external end.
    ExternalEndIx,
    /// A link.
    LinkIx,
    /// A role.
    RoleIx,
    /// A kind of move.
    MoveKindIx,
    /// A commitment.
    CommitmentIx,
    /// An optimism-bias adjustment.
    BiasIx,
    /// A class of capital spending.
    AssetIx,
    /// An option.
    OptionIx,
    /// A criterion.
    CriterionIx,
    /// A node of the value tree.
    NodeIx,
}
