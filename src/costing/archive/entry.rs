//! The lines of one way of keeping what is left, also those beyond the period.

use super::super::Course;
use super::super::ledger::{Book, CostLine, Lineage, Worker};
use super::super::usage::UseState;
use super::Span;
use crate::assumption::{Assumed, Handle, Values};
use crate::programme::{Archive, Category, InstanceIx, RekeyPrice, RoleIx, Way};
use crate::quantity::offset_of;

/// A line with its amounts by offset, year-0 prices.
pub(super) struct Entry {
    pub(super) line: CostLine,
    uses: Vec<Handle>,
    pub(super) amounts: Vec<(i32, f64)>,
    /// Days of a role in the first of its months.
    days: Option<(RoleIx, f64)>,
}

/// What every line of a strategy rests on.
struct Scope<'a> {
    course: &'a Course<'a>,
    ix: InstanceIx,
    archive: &'a Archive,
    strategy: usize,
    span: Span,
    values: &'a Values,
}

impl Entry {
    /// All lines of a strategy (by position).
    pub(super) fn all(
        course: &Course<'_>,
        (ix, archive, strategy): (InstanceIx, &Archive, usize),
        span: Span,
        values: &Values,
    ) -> Vec<Self> {
        let of = |strategy| Scope { course, ix, archive, strategy, span, values };
        let scope = of(strategy);
        let mut all = Vec::new();
        if let Way::RekeyOpenCases { open, minutes, price, rest } = &archive.strategies[strategy].way {
            all.push(scope.rekeying((*open, *minutes), *price));
            all.extend(of(*rest).kept());
        } else {
            all.extend(scope.kept());
        }
        all.extend(scope.subject_access());
        all
    }

    /// Enters the line, and the days that it takes.
    pub(super) fn enter(self, course: &Course<'_>, book: &mut impl Book) {
        let Self { line, uses, amounts, days } = self;
        if let (Some((role, days)), Some(&(month, amount))) = (days, amounts.first()) {
            let window = course.window();
            let who = Worker::of(course.programme, role, line.bearer, None);
            book.days(who, window.counted(month).into_iter(), days);
            if amount > 0.0 && window.sunk(month) {
                book.sunk();
            }
        }
        book.enter(line, uses, amounts);
    }
}

/// The numbers of records left behind on an instance, to be added up: the one given, else those of the services that
/// were live on it.
pub(super) fn records(course: &Course<'_>, ix: InstanceIx, archive: &Archive) -> Vec<Assumed<f64>> {
    if let Some(given) = archive.records {
        return vec![given];
    }
    let mut services: Vec<_> = course.usage.on(ix).filter(|s| s.state == UseState::Live).map(|s| s.service).collect();
    services.dedup();
    services.into_iter().filter_map(|s| course.programme.services[s.0].patients).collect()
}

impl Scope<'_> {
    fn line(&self, category: Category, lineage: Lineage) -> CostLine {
        let programme = self.course.programme;
        let operator = programme.instances[self.ix.0].operator;
        CostLine::new(category, lineage, self.archive.body.or(operator).or(programme.frame.lead))
    }

    fn records(&self) -> (f64, Vec<Handle>) {
        let numbers = records(self.course, self.ix, self.archive);
        (numbers.iter().map(|n| n.of(self.values)).sum(), numbers.into_iter().map(Assumed::handle).collect())
    }

    /// What is paid once: an amount and one for each record.
    fn once(&self, month: i32, once: Option<Assumed<f64>>, per_record: Option<Assumed<f64>>) -> Entry {
        let mut uses: Vec<Handle> = once.into_iter().chain(per_record).map(Assumed::handle).collect();
        let mut amount = once.map_or(0.0, |n| n.of(self.values));
        if let Some(per_record) = per_record {
            let (records, rest_on) = self.records();
            amount += per_record.of(self.values) * records;
            uses.extend(rest_on);
        }
        let mut line = self.line(Category::External, Lineage::ArchiveOnce(self.ix, self.strategy));
        line.bias = self.archive.strategies[self.strategy].bias;
        Entry { line, uses, amounts: vec![(month, amount)], days: None }
    }

    /// What keeping the record takes, but for re-keying and for requests.
    fn kept(&self) -> Vec<Entry> {
        let Span { left, until } = self.span;
        match self.archive.strategies[self.strategy].way {
            Way::ReadOnlyLicence | Way::RekeyOpenCases { .. } => Vec::new(),
            Way::MigrateAll { once, per_record } => vec![self.once(left, once, per_record)],
            Way::ExtractToArchive { once, per_record, per_year, after, .. } => {
                let taken_out = left.saturating_add(offset_of(after));
                let mut all = vec![self.once(taken_out, once, per_record)];
                if let Some(a_year) = per_year {
                    let a_month = a_year.of(self.values) / 12.0;
                    let line = self.line(Category::Archive, Lineage::ArchiveRun(self.ix, self.strategy));
                    let amounts = (taken_out..until).map(|m| (m, a_month)).collect();
                    all.push(Entry { line, uses: vec![a_year.handle()], amounts, days: None });
                }
                all
            }
        }
    }

    /// `records x share open x minutes / 60` hours in the month after the last use, at the price of an hour.
    fn rekeying(&self, (open, minutes): (Assumed<f64>, Assumed<f64>), price: RekeyPrice) -> Entry {
        let programme = self.course.programme;
        let (records, mut uses) = self.records();
        let hours = records * open.of(self.values) * minutes.of(self.values) / 60.0;
        uses.extend([open.handle(), minutes.handle()]);
        let lineage = Lineage::Rekeying(self.ix, self.strategy);
        let (line, amount, days) = match price {
            RekeyPrice::Role(role) => {
                let (who, a_day) = (&programme.roles[role.0], programme.staff.hours_per_day);
                let days = hours / a_day.of(self.values);
                uses.extend([who.day_rate.handle(), a_day.handle()]);
                let category = if who.external { Category::External } else { Category::InternalEffort };
                (self.line(category, lineage), days * who.day_rate.of(self.values), Some((role, days)))
            }
            RekeyPrice::Hour(rate) => {
                uses.push(rate.handle());
                (self.line(Category::InternalEffort, lineage), hours * rate.of(self.values), None)
            }
        };
        Entry { line, uses, amounts: vec![(self.span.left, amount)], days }
    }

    /// `requests x minutes / 60 x rate` a year from the first go-live away until what is left is searched with the rest.
    fn subject_access(&self) -> Option<Entry> {
        let asked = self.archive.subject_access?;
        let Span { left, until } = self.span;
        let searched = match self.archive.kept_by(self.strategy).way {
            Way::ReadOnlyLicence => until,
            Way::ExtractToArchive { searched_apart: true, .. } => until,
            Way::ExtractToArchive { after, .. } => left.saturating_add(offset_of(after)).min(until),
            Way::MigrateAll { .. } | Way::RekeyOpenCases { .. } => left,
        };
        let moves = self.course.plan.moves.iter().zip(&self.course.timetable.moves);
        let apart = moves.filter(|(m, _)| m.from == self.ix).map(|(_, when)| when.live).min().unwrap_or(left).min(left);
        let numbers = [asked.requests, asked.minutes, asked.rate];
        let [requests, minutes, rate] = numbers.map(|n| n.of(self.values));
        let a_month = requests * minutes / 60.0 * rate / 12.0;
        let line = self.line(Category::InternalEffort, Lineage::SubjectAccess(self.ix));
        let amounts = (apart..searched).map(|m| (m, a_month)).collect();
        Some(Entry { line, uses: numbers.map(Assumed::handle).to_vec(), amounts, days: None })
    }
}
