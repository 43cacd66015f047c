//! What a plan must respect: freezes, precedence, hazards, approvals, milestones. The worked example with one thing
//! added, each figure worked by hand.

mod support;

use appraise::appraisal::result::{Appraisal, OptionResult};
use appraise::scenario::problem::{Code, Problem};
use support::{appraise, files, patched, problems, six};

const ROLES: &str = "[roles.configuration]";

/// The example with a section added.
fn with(section: &str) -> Appraisal {
    appraise(&patched(files("worked-example"), &[(ROLES, &format!("{section}\n{ROLES}"))]))
}

/// What is wrong with the example with a section added.
fn refused(section: &str, code: Code) -> Problem {
    let found = problems(&patched(files("worked-example"), &[(ROLES, &format!("{section}\n{ROLES}"))]));
    found.list.into_iter().find(|p| p.code == code).unwrap_or_else(|| panic!("no {}", code.word()))
}

fn option<'a>(a: &'a Appraisal, id: &str) -> &'a OptionResult {
    a.options.iter().find(|o| o.id == id).expect("the option")
}

fn warned(a: &Appraisal, code: &str) -> bool {
    a.warnings.iter().any(|w| w.code == code)
}

#[test]
fn a_go_live_in_a_freeze_is_told_the_next_free_quarter() {
    // Community nursing goes live on 1 January 2028.
    let winter = refused("[freezes.winter]\nfrom = 2027-12-15\nto = 2028-01-31\n", Code::Freeze);
    assert!(winter.hint.contains("2028/29 Q1") && winter.hint.contains("2028-04-01"), "{}", winter.hint);
    // One that lasts to 1 April itself leaves July.
    let long = refused("[freezes.winter]\nfrom = 2027-12-15\nto = 2028-04-01\n", Code::Freeze);
    assert!(long.hint.contains("2028-07-01"), "{}", long.hint);
    let ever = refused("[freezes.ever]\nfrom = 2027-12-15\nto = 2035-04-01\n", Code::Freeze);
    assert!(ever.hint.contains("no later quarter"), "{}", ever.hint);
    // The day before it begins, and the day after it ends, are free; other bodies' freezes hold nobody up.
    with("[freezes.before]\nfrom = 2027-10-01\nto = 2027-12-31\n[freezes.after]\nfrom = 2028-01-02\nto = 2028-03-31\n");
    with("[organisations.other]\n[freezes.theirs]\nfrom = 2027-12-15\nto = 2028-01-31\norganisations = [\"other\"]\n");
    refused("[freezes.ours]\nfrom = 2027-12-15\nto = 2028-01-31\norganisations = [\"trust\"]\n", Code::Freeze);
    refused("[freezes.odd]\nfrom = 2027-12-15\nto = 2027-11-30\n", Code::DateOrder);
    refused("[freezes.odd]\nfrom = 2027-12-15\nto = 2028-01-31\nplaces = [\"Nowhere\"]\n", Code::UnknownReference);
}

#[test]
fn a_go_live_that_slips_into_a_freeze_is_warned_of() {
    let spring = "[freezes.spring]\nfrom = 2028-04-01\nto = 2028-04-30\n";
    assert!(!warned(&with(spring), "go_live_in_freeze"));
    // Six months of build and half as much again: expected on 1 April.
    let late = format!("{spring}[optimism_bias.late]\nmoney = 0\nduration = \"50%\"\n{ROLES}");
    let slips = "[migration.cross_product]\nbuild_months = 6\nduration_bias = \"late\"\n";
    let a = appraise(&patched(files("worked-example"), &[(ROLES, &late), ("[migration.cross_product]\n", slips)]));
    assert!(warned(&a, "go_live_in_freeze"));
    assert_eq!(a.freezes[0].to, "2028-04-30");
}

#[test]
fn what_has_to_wait_is_told_until_when() {
    let rule = |keys: &str| format!("[precedence.network]\n{keys}\nbecause = \"the network has to be there first\"\n");
    let early = refused(&rule("not_before = 2028-05-01"), Code::Precedence);
    // May is in the first quarter, whose first day is too early: July.
    assert!(early.hint.contains("2028-07-01") && early.message.contains("the network has to be there first"), "{early:?}");
    with(&rule("not_before = 2028-01-01"));
    with(&rule("services = [\"s2\"]\nnot_before = 2028-07-01"));
    refused(&rule("not_before = 2028-01-01\nafter = \"s2\""), Code::MissingKey);
    refused(&rule(""), Code::MissingKey);
}

#[test]
fn a_service_waits_for_another_in_options_that_move_both() {
    let third = "[services.s3]\nline = \"community\"\norganisation = \"trust\"\nusers = 50\nsystem = \"x\"\n\n[services.s2]";
    let rule = format!("[precedence.pilot]\nservices = [\"s1\"]\nafter = \"s3\"\nbecause = \"s3 is the pilot\"\n{ROLES}");
    let both = [("[services.s2]", third), (ROLES, rule.as_str())];
    let found = problems(&patched(files("worked-example"), &both));
    let fault = found.list.iter().find(|p| p.code == Code::Precedence).expect("both go live on 1 January");
    assert!(fault.hint.contains("2028-04-01"), "{}", fault.hint);
    let later = ("go_live = 2028-01-01", "go_live = 2028-01-01\ngo_lives = { s1 = 2028-04-01 }");
    appraise(&patched(files("worked-example"), &[both[0], both[1], later]));
    // An option that leaves the pilot where it is waits for nothing.
    let stays = ("go_live = 2028-01-01", "go_live = 2028-01-01\nexcept = { s3 = \"retain\" }");
    appraise(&patched(files("worked-example"), &[both[0], both[1], stays]));
}

fn hazard(residual: u8, more: &str) -> String {
    format!(
        "[hazards.loss]\nname = \"Allergies are lost\"\ninitial = 5\nresidual = {residual}\nmitigation = \"Checked twice\"\n{more}\n"
    )
}

#[test]
fn a_hazard_that_stays_high_fails_the_options_whose_moves_bring_it_about() {
    let a = with(&hazard(4, "kinds = [\"cross_product\"]"));
    let gate = |id: &str| option(&a, id).gates.iter().find(|g| g.id == "clinical_safety_hazards").expect("the gate").clone();
    assert!(gate("bau").passed && gate("interop").passed && !gate("converge").passed);
    assert!(gate("converge").reason.contains("Allergies are lost (level 4)"));
    assert_eq!(option(&a, "converge").rank, None);
    assert_eq!(a.hazards[0].options, ["converge"]);
    let a = with(&hazard(3, "kinds = [\"cross_product\"]"));
    assert!(option(&a, "converge").feasible);
    // Of an option by itself, whatever it moves.
    let a = with(&hazard(5, "options = [\"interop\"]"));
    assert!(!option(&a, "interop").feasible && option(&a, "converge").feasible);
    assert!(appraise(&files("worked-example")).options.iter().flat_map(|o| &o.gates).all(|g| g.id != "clinical_safety_hazards"));
}

#[test]
fn work_on_a_hazard_is_effort_of_its_role() {
    let plain = appraise(&files("worked-example"));
    let a = with(&hazard(2, "kinds = [\"cross_product\"]\nrole = \"safety\"\ndays_per_move = 12"));
    let (before, after) = (option(&plain, "converge"), option(&a, "converge"));
    // 12 days at 500, from October to December 2027: in year 0, so neither deflated nor discounted.
    six(after.effort.internal_days - before.effort.internal_days, 12.0);
    six(after.cost.npc - before.cost.npc, 6_000.0);
    let days = |o: &OptionResult| o.effort.by_role.iter().find(|r| r.role == "safety").expect("it").days;
    six(days(after) - days(before), 12.0);
    six(option(&a, "interop").cost.npc, option(&plain, "interop").cost.npc);
}

#[test]
fn a_hazard_says_what_lowers_it() {
    refused("[hazards.x]\ninitial = 4\nresidual = 2\n", Code::HazardShape);
    refused("[hazards.x]\ninitial = 2\nresidual = 4\nmitigation = \"none\"\n", Code::HazardShape);
    refused("[hazards.x]\ninitial = 6\nresidual = 4\nmitigation = \"none\"\n", Code::OutOfRange);
    refused("[hazards.x]\ninitial = 2\nresidual = 2\nrole = \"safety\"\n", Code::MissingKey);
}

#[test]
fn approvals_follow_from_the_whole_life_cost() {
    let approvals = "[approvals.board]\nname = \"Board\"\nthreshold = 600_000\nmonths = 3\n[approvals.region]\nname = \"Region\"\nthreshold = 800_000\nmonths = 6\n";
    let a = with(approvals);
    let of = |id: &str| option(&a, id).approvals.clone().expect("approvals");
    // Cash with VAT, as in the example: 674,904, 768,144 and 848,836.80.
    six(of("bau").whole_life_cost, 674_904.0);
    assert_eq!(of("interop").needed.iter().map(|n| n.id.as_str()).collect::<Vec<_>>(), ["board"]);
    six(of("interop").months, 3.0);
    six(of("converge").whole_life_cost, 848_836.80);
    six(of("converge").months, 9.0);
    // A saving is no lower cost of what is approved.
    let saving =
        "[streams.s]\nkind = \"benefit\"\nclass = \"cash_releasing\"\nowner = \"x\"\nagreed = true\nper_year = 200_000\n";
    let b = with(&format!("{approvals}{saving}"));
    six(option(&b, "converge").approvals.as_ref().expect("it").whole_life_cost, 848_836.80);
    assert!(option(&b, "converge").financial.cash < 848_836.80 - 300_000.0);
    assert!(option(&appraise(&files("worked-example")), "bau").approvals.is_none());
}

#[test]
fn milestones_come_in_order_with_what_must_be_ready() {
    let a = with(
        "[milestones.sla]\ndate = 2028-04-01\n[milestones.day_1]\nname = \"Day 1\"\ndate = 2027-07-01\nready = [\"Networks\", \"Log-ons\"]\n",
    );
    assert_eq!(a.milestones.iter().map(|m| m.id.as_str()).collect::<Vec<_>>(), ["day_1", "sla"]);
    assert_eq!(a.milestones[0].ready, ["Networks", "Log-ons"]);
}

/// 60 days of configuration from July to September 2027 (two quarters before January, one long).
fn configured(keys: &str) -> Appraisal {
    appraise(&patched(files("worked-example"), &[("name = \"Configuration\"\n", &format!("name = \"Configuration\"\n{keys}\n"))]))
}

#[test]
fn a_team_of_its_own_bears_the_work_of_its_body_until_teams_are_pooled() {
    let other = "capacity_by = { trust = 40 }";
    let alone = configured(other);
    six(option(&alone, "converge").effort.peak_load.expect("a capacity"), 60.0 / 40.0);
    let said = alone.warnings.iter().find(|w| w.code == "over_capacity").expect("over capacity");
    assert!(said.message.contains("150%") && said.message.contains("The trust") && said.message.contains("2027/28 Q2"));
    let role = option(&alone, "converge").effort.by_role.iter().find(|r| r.role == "configuration").expect("it");
    assert_eq!((role.teams[0].body.as_str(), role.teams[0].peak_quarter.as_str()), ("trust", "2027/28 Q2"));
    six(role.teams[0].peak_days, 60.0);
    // Pooled by July: 60 of 120 days, whatever the own team had.
    let pooled = configured(&format!("{other}\ncapacity = 120\npooled_from = 2027-07-01"));
    six(option(&pooled, "converge").effort.peak_load.expect("a capacity"), 60.0 / 120.0);
    // Pooled in October: still 60 of its own 40.
    let later = configured(&format!("{other}\ncapacity = 120\npooled_from = 2027-10-01"));
    six(option(&later, "converge").effort.peak_load.expect("a capacity"), 60.0 / 40.0);
    // Without a capacity of its own the pooled team has the days of all.
    let sum = configured(&format!("{other}\npooled_from = 2027-07-01"));
    six(option(&sum, "converge").effort.peak_load.expect("a capacity"), 60.0 / 40.0);
}

#[test]
fn work_of_a_body_without_a_team_loads_no_team_of_others() {
    let both = [
        ("[organisations.trust]", "[organisations.other]\n[organisations.trust]"),
        ("name = \"Configuration\"\n", "name = \"Configuration\"\ncapacity_by = { other = 10 }\n"),
    ];
    let a = appraise(&patched(files("worked-example"), &both));
    assert_eq!(option(&a, "converge").effort.peak_load, None);
    let odd = [("name = \"Configuration\"\n", "name = \"Configuration\"\ncapacity = 5\ncapacity_by = { trust = 10 }\n")];
    assert!(problems(&patched(files("worked-example"), &odd)).list.iter().any(|p| p.code == Code::MissingKey));
}
