//! What there is to choose from: where each slot may go and when, and which links may be built when.

use crate::assumption::{Assumed, Values};
use crate::impact::{self, LiveOn};
use crate::plan::{self, Move, Plan, Sequence, Timetable, whole_months};
use crate::programme::{Freedom, Hazard, InstanceIx, LinkIx, MoveKindIx, OptionIx, Programme, ServiceIx, Timing};
use crate::quantity::{Month, Quarter, offset_of};
use std::collections::BTreeSet;

/// One way for a slot: to a system, in a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Where to.
    pub to: InstanceIx,
    /// What it takes.
    pub kind: MoveKindIx,
    /// Planned first month live, the first of a quarter.
    pub go_live: Month,
}

/// A slot that may move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Service.
    pub service: ServiceIx,
    /// Slot, by position.
    pub slot: usize,
    /// The system that it is on once all that is decided has happened.
    pub from: InstanceIx,
    /// Whether it may stay there.
    pub may_stay: bool,
    /// What it may do, by target and then by date.
    pub choices: Vec<Choice>,
}

/// A link that may be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Link.
    pub link: LinkIx,
    /// Whether it may be left out.
    pub may_lack: bool,
    /// When it may go live, in order.
    pub dates: Vec<Month>,
}

/// All that may be chosen for one option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// The option whose streams, risks, hazards and contracts' ends hold.
    pub option: OptionIx,
    /// Moves that are decided already.
    pub decided: Vec<Move>,
    /// Slots that may move, by service and slot.
    pub places: Vec<Place>,
    /// Links that may be built.
    pub offers: Vec<Offer>,
}

/// A roadmap as choices, by position: `None` stays, or is not built.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Draft {
    /// By place.
    pub moves: Vec<Option<usize>>,
    /// By offer.
    pub links: Vec<Option<usize>>,
}

impl Space {
    /// What may be chosen for an option, as far as one choice can be ruled out by itself: dates in the period and not in
    /// freezes, after what is waited for, with time to build from the as-at date, with all that it sets off within the
    /// period; kinds of move without a hazard that stays unacceptable; systems that have what the service must have.
    #[must_use]
    pub fn of(programme: &Programme, option: OptionIx, freedom: Freedom, values: &Values) -> Self {
        let decided = plan::decided(programme);
        let within = Within { programme, option, decided: &decided, values };
        let mut places = Vec::new();
        for (s, service) in programme.services.iter().enumerate() {
            for slot in 0..service.slots.len() {
                let (from, targets) = within.targets(ServiceIx(s), slot, freedom);
                if targets.is_empty() {
                    continue;
                }
                let place = |choices| Place { service: ServiceIx(s), slot, from, may_stay: freedom == Freedom::Roadmap, choices };
                let choices: Vec<Choice> =
                    targets.into_iter().flat_map(|to| within.choices((ServiceIx(s), slot), from, to)).collect();
                if freedom == Freedom::Schedule || !choices.is_empty() {
                    places.push(place(choices));
                }
            }
        }
        let offers = within.offers(freedom);
        Self { option, decided, places, offers }
    }

    /// The plan of a draft.
    #[must_use]
    pub fn plan(&self, programme: &Programme, draft: &Draft) -> Plan {
        let mut moves = self.decided.clone();
        let chosen = self.places.iter().zip(&draft.moves).filter_map(|(place, at)| Some((place, place.choices[(*at)?])));
        moves.extend(chosen.map(|(place, choice)| place.to_move(choice)));
        moves.sort_by_key(|m| (m.go_live, m.service, m.slot));
        let built: Vec<(LinkIx, Month)> =
            self.offers.iter().zip(&draft.links).filter_map(|(offer, at)| Some((offer.link, offer.dates[(*at)?]))).collect();
        Plan { option: self.option, moves, links: plan::with_links(programme, &built), slip: 0, late: 0 }
    }

    /// The draft in which nothing moves that may stay and nothing is built that may be lacking; `None` where something
    /// must move.
    #[must_use]
    pub fn still(&self) -> Option<Draft> {
        let settled = self.places.iter().all(|p| p.may_stay) && self.offers.iter().all(|o| o.may_lack);
        settled.then(|| Draft { moves: vec![None; self.places.len()], links: vec![None; self.offers.len()] })
    }

    /// Whether there is nothing to choose: something must move, or be built, and there is no time at which it may.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let stuck = |p: &Place| !p.may_stay && p.choices.is_empty();
        self.places.iter().any(stuck) || self.offers.iter().any(|o| !o.may_lack && o.dates.is_empty())
    }

    /// The draft of a plan, if all that it does may be chosen.
    #[must_use]
    pub fn draft(&self, plan: &Plan) -> Option<Draft> {
        let mut draft = Draft { moves: vec![None; self.places.len()], links: vec![None; self.offers.len()] };
        for m in plan.moves.iter().filter(|m| m.commitment.is_none()) {
            let place = self.places.iter().position(|p| p.service == m.service && p.slot == m.slot)?;
            let choice = Choice { to: m.to, kind: m.kind, go_live: m.go_live };
            draft.moves[place] = Some(self.places[place].choices.iter().position(|c| *c == choice)?);
        }
        for (link, live) in plan.links.iter().filter_map(|l| Some((l.link, l.live?))) {
            let offer = self.offers.iter().position(|o| o.link == link)?;
            draft.links[offer] = Some(self.offers[offer].dates.iter().position(|d| *d == live)?);
        }
        let kept = self.places.iter().zip(&draft.moves).all(|(p, at)| p.may_stay || at.is_some());
        let built = self.offers.iter().zip(&draft.links).all(|(o, at)| o.may_lack || at.is_some());
        (kept && built).then_some(draft)
    }

    /// Plans that may be chosen from, whether or not they keep what limits several choices together; none if there are
    /// too many to count.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        let places = self.places.iter().map(|p| p.choices.len() + usize::from(p.may_stay));
        let offers = self.offers.iter().map(|o| o.dates.len() + usize::from(o.may_lack));
        places.chain(offers).try_fold(1_u64, |all, n| all.checked_mul(u64::try_from(n).ok()?))
    }
}

impl Place {
    /// The move that a choice is.
    #[must_use]
    pub fn to_move(&self, choice: Choice) -> Move {
        Move {
            service: self.service,
            slot: self.slot,
            from: self.from,
            to: choice.to,
            kind: choice.kind,
            go_live: choice.go_live,
            commitment: None,
        }
    }
}

/// What rules out a choice by itself.
struct Within<'a> {
    programme: &'a Programme,
    option: OptionIx,
    decided: &'a [Move],
    values: &'a Values,
}

impl Within<'_> {
    /// Where a slot is once what is decided has happened, and where else it may go.
    fn targets(&self, service: ServiceIx, slot: usize, freedom: Freedom) -> (InstanceIx, Vec<InstanceIx>) {
        let programme = self.programme;
        let held = &programme.services[service.0].slots[slot];
        let from = self.decided.iter().rfind(|m| m.service == service && m.slot == slot).map_or(held.instance, |m| m.to);
        let all = |option: usize| plan::targets_of(programme, OptionIx(option));
        let mut targets: BTreeSet<InstanceIx> = match freedom {
            Freedom::Schedule => all(self.option.0).get(&(service, slot)).copied().into_iter().collect(),
            Freedom::Roadmap => {
                let named = (0..programme.options.len()).flat_map(all);
                let by_name = |s: ServiceIx, at: usize| programme.services[s.0].slots[at].name == held.name && !held.fixed;
                let listed = &programme.optimise.targets;
                let named = named.filter(|((s, at), to)| {
                    let own = (*s, *at) == (service, slot);
                    own || (by_name(*s, *at) && (listed.is_empty() || listed.contains(to)))
                });
                let mut targets: BTreeSet<InstanceIx> = named.map(|(_, to)| to).collect();
                if held.name == "core" && !held.fixed {
                    targets.extend(listed);
                }
                targets
            }
        };
        targets.remove(&from);
        (from, targets.into_iter().collect())
    }

    fn choices(&self, (service, slot): (ServiceIx, usize), from: InstanceIx, to: InstanceIx) -> Vec<Choice> {
        let programme = self.programme;
        let Some(kind) = plan::kind_of(programme, self.decided, from, to) else { return Vec::new() };
        let place = Place { service, slot, from, may_stay: true, choices: Vec::new() };
        let unsafe_kind = |h: &Hazard| h.residual >= Hazard::UNACCEPTABLE && programme.is_at_risk(h, self.option, &[kind]);
        if programme.hazards.iter().any(|h| !h.kinds.is_empty() && unsafe_kind(h)) {
            return Vec::new();
        }
        let choices = self.quarters().map(|go_live| Choice { to, kind, go_live });
        choices.filter(|choice| self.in_time(&place, *choice) && self.fits(&place, *choice)).collect()
    }

    /// First months of the quarters of the period from the as-at date on.
    fn quarters(&self) -> impl Iterator<Item = Month> {
        let period = &self.programme.frame.period;
        let first = Quarter::of(period.month(period.first_counted().min(period.months() - 1))).first_month();
        let latest = self.programme.optimise.latest;
        let as_at = period.as_at;
        let end = period.start().plus(offset_of(period.months()));
        std::iter::successors(Some(first), |month| Some(month.plus(3)))
            .take_while(move |month| *month < end && latest.is_none_or(|latest| *month <= latest))
            .filter(move |month| month.first_day() >= as_at)
    }

    /// Whether a date is one on which the service may go live, with time before it for all that comes before it. What is
    /// begun before the as-at date is sunk, and nothing that is not decided can have been.
    fn in_time(&self, place: &Place, choice: Choice) -> bool {
        let programme = self.programme;
        let period = &programme.frame.period;
        let before = self.months_before(choice.kind);
        let in_time = before == 0 || period.offset(choice.go_live) - before >= offset_of(period.first_counted());
        let after = self.decided.iter().filter(|m| m.service == place.service && m.slot == place.slot);
        let waits = programme.precedence.iter().filter(|p| programme.is_in(&p.scope, place.service));
        in_time
            && after.map(|m| m.go_live).all(|decided| decided < choice.go_live)
            && plan::frozen(programme, place.service, choice.go_live).is_none()
            && waits.filter_map(|p| p.not_before).all(|not_before| not_before <= choice.go_live)
    }

    /// Months before go-live in which a move is begun: building it, work, training, paying for the new system.
    fn months_before(&self, kind: MoveKindIx) -> i32 {
        let kind = &self.programme.move_kinds[kind.0];
        let likely = |n: Assumed<f64>| whole_months(self.programme.register.get(n.handle()).likely);
        let begun = kind.work.iter().filter_map(|item| match item.timing {
            Timing::Before { starts, .. } => Some(3 * offset_of(starts)),
            Timing::After { .. } => None,
        });
        let training = kind.training.as_ref().map(|t| 3 * offset_of(t.starts));
        begun.chain(training).chain([likely(kind.build), likely(kind.head_start)]).max().unwrap_or(0)
    }

    /// Whether all that a move sets off lies within the period, it overtakes nothing that is decided, and the service has
    /// what it must have.
    fn fits(&self, place: &Place, choice: Choice) -> bool {
        let programme = self.programme;
        let (course, at) = self.alone(place, choice);
        let timetable = Timetable::of(programme, &course, &Sequence::of(&course), self.values);
        let (m, when) = (&course.moves[at], timetable.moves[at]);
        let weeks: usize = programme.move_kinds[m.kind.0].dip.iter().map(|d| d.weeks).sum();
        let dip = whole_months(f64::from(u32::try_from(weeks).unwrap_or(u32::MAX)) / 52.0 * 12.0);
        let over = when.live.saturating_add(timetable.overlap(m.kind).max(dip));
        let own =
            || course.moves.iter().zip(&timetable.moves).filter(|(m, _)| m.service == place.service && m.slot == place.slot);
        let overtakes = own().any(|(other, then)| other.commitment.is_some() && then.live >= when.live);
        over <= offset_of(programme.frame.period.months()) && !overtakes && self.serves(place, &course, &timetable)
    }

    /// A plan of what is decided and one move, with the position of the move.
    fn alone(&self, place: &Place, choice: Choice) -> (Plan, usize) {
        let mut moves = self.decided.to_vec();
        moves.push(place.to_move(choice));
        moves.sort_by_key(|m| (m.go_live, m.service, m.slot));
        let at = moves.iter().position(|m| m.commitment.is_none()).unwrap_or(0);
        (Plan { option: self.option, moves, links: Vec::new(), slip: 0, late: 0 }, at)
    }

    /// Whether a service of one slot lacks nothing on its new system that it has on the old. What several slots cover
    /// together is looked at in the whole plan.
    fn serves(&self, place: &Place, course: &Plan, timetable: &Timetable) -> bool {
        let programme = self.programme;
        let service = &programme.services[place.service.0];
        if service.slots.len() > 1 {
            return true;
        }
        let missing = |own: bool| {
            let mut live = LiveOn {
                slots: vec![Vec::new(); programme.services.len()],
                first: programme.frame.period.first_counted(),
                end: programme.frame.period.months(),
            };
            let mut stays = vec![(0, service.slots[0].instance)];
            let moves = course.moves.iter().zip(&timetable.moves).filter(|(m, _)| m.service == place.service);
            for (m, when) in moves.filter(|(m, _)| own || m.commitment.is_some()) {
                stays.push((usize::try_from(when.live).unwrap_or(0), m.to));
            }
            live.slots[place.service.0] = vec![stays];
            impact::missing_of(programme, &live, place.service, self.values).len()
        };
        missing(true) <= missing(false)
    }

    fn offers(&self, freedom: Freedom) -> Vec<Offer> {
        let programme = self.programme;
        let own = &programme.options[self.option.0].links;
        if freedom == Freedom::Schedule {
            return own.iter().map(|(link, live)| Offer { link: *link, may_lack: false, dates: vec![*live] }).collect();
        }
        let listed = &programme.optimise.links;
        let built = programme.options.iter().flat_map(|o| &o.links).map(|(link, _)| *link);
        let links: BTreeSet<LinkIx> = if listed.is_empty() { built.collect() } else { listed.iter().copied().collect() };
        let new = links.into_iter().filter(|l| !programme.links[l.0].baseline);
        new.map(|link| Offer { link, may_lack: true, dates: self.dates(link) }).filter(|o| !o.dates.is_empty()).collect()
    }

    /// When a link may go live: with time to build it, and not before its lead time.
    fn dates(&self, link: LinkIx) -> Vec<Month> {
        let programme = self.programme;
        let soonest = plan::soonest(programme, link);
        let ready = |month: &Month| soonest.is_none_or(|soonest| *month >= soonest) && self.is_built_in_time(link, *month);
        self.quarters().filter(ready).collect()
    }

    fn is_built_in_time(&self, link: LinkIx, month: Month) -> bool {
        let planned = plan::PlannedLink { link, live: Some(month), late: 0 };
        crate::outcome::link_is_built_in_time(self.programme, &planned)
    }
}
