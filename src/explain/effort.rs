//! Work: days by role and item, hours by service.

use super::catalogue::{Item, Listing};
use super::{Explainer, Explanation, Rule};
use crate::appraisal::{Examined, line_in_words};
use crate::costing::ItemOfWork;
use crate::programme::RoleIx;

/// A figure of an option's work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Figure {
    PersonDays,
    InternalDays,
    ExternalDays,
    TrainingDays,
    TrainingHours,
    DipHours,
    Role(RoleIx),
}

const FIGURES: [(&str, Figure); 6] = [
    ("person_days", Figure::PersonDays),
    ("internal_days", Figure::InternalDays),
    ("external_days", Figure::ExternalDays),
    ("training_days", Figure::TrainingDays),
    ("training_hours", Figure::TrainingHours),
    ("dip_hours", Figure::DipHours),
];

pub(super) fn list(examined: &Examined<'_>, listing: &mut Listing) {
    for (i, option) in examined.appraisal.options.iter().enumerate() {
        for (word, figure) in FIGURES {
            let path = format!("options.{}.effort.{word}", option.id);
            listing.add(path, &format!("options.<option>.effort.{word}"), Item::Effort(i, figure));
        }
        for role in &option.effort.by_role {
            let ix = examined.programme.roles.iter().position(|r| r.id == role.role);
            let path = format!("options.{}.effort.by_role.{}.days", option.id, role.role);
            let pattern = "options.<option>.effort.by_role.<role>.days";
            if let Some(ix) = ix {
                listing.add(path, pattern, Item::Effort(i, Figure::Role(RoleIx(ix))));
            }
        }
    }
}

impl Explainer<'_> {
    pub(super) fn effort(&self, option: usize, figure: Figure) -> Explanation {
        let effort = &self.appraisal().options[option].effort;
        let at = |word: &str| format!("options.{}.effort.{word}", self.appraisal().options[option].id);
        match figure {
            Figure::PersonDays => {
                let own = self.effort(option, Figure::InternalDays).at(at("internal_days"));
                let training = self.effort(option, Figure::TrainingDays).at(at("training_days"));
                Explanation::of("Person-days", effort.person_days, "days", Rule::Sum, vec![own, training])
                    .by("own days + training hours / working day", "section 6")
            }
            Figure::InternalDays => self.days(option, "Days of own staff", effort.internal_days, false),
            Figure::ExternalDays => self.days(option, "Days bought in", effort.external_days, true),
            Figure::TrainingDays => {
                let hours = self.effort(option, Figure::TrainingHours).at(at("training_hours"));
                let day = self.register(self.examined.programme.staff.hours_per_day.handle());
                Explanation::of("Training as days", effort.training_days, "days", Rule::Quotient, vec![hours, day])
                    .by("training hours / hours of a working day", "section 6")
            }
            Figure::TrainingHours => {
                let items = self.hours(option, |w| w.training_hours);
                Explanation::of("Hours in training", effort.training_hours, "hours", Rule::Sum, items)
                    .by("sum over moves of users x hours, as far as they fall into months that count", "section 6")
            }
            Figure::DipHours => {
                let items = self.hours(option, |w| w.dip_hours);
                Explanation::of("Hours lost after go-lives", effort.dip_hours, "hours", Rule::Sum, items)
                    .by("sum over moves of users x patient-facing share x weekly hours x loss, week by week", "section 6")
            }
            Figure::Role(role) => self.role(option, role),
        }
    }

    fn days(&self, option: usize, name: &str, value: f64, external: bool) -> Explanation {
        let roles = self.examined.programme.roles.iter().enumerate().filter(|(_, r)| r.external == external);
        let roles = roles.map(|(i, _)| self.role(option, RoleIx(i))).filter(|e| !e.operands.is_empty()).collect();
        Explanation::of(name, value, "days", Rule::Sum, roles).by("sum over roles", "section 6")
    }

    fn role(&self, option: usize, role: RoleIx) -> Explanation {
        let own = &self.examined.programme.roles[role.0];
        let items: Vec<Explanation> = self.work[option].iter().filter_map(|w| self.days_of(w, role)).collect();
        let path = format!("options.{}.effort.by_role.{}.days", self.appraisal().options[option].id, own.id);
        // The sum of nothing is -0.
        let value = 0.0 + self.evaluated(option).costing.effort.days[role.0].iter().sum::<f64>();
        let found = Explanation::of(format!("Days of {}", own.name), value, "days", Rule::Sum, items)
            .by("sum over items of work", "section 6");
        if found.operands.is_empty() { found } else { found.at(path) }
    }

    fn days_of(&self, item: &ItemOfWork, role: RoleIx) -> Option<Explanation> {
        let (_, months) = item.days.as_ref().filter(|(r, _)| *r == role)?;
        let parts = u32::try_from(months.len()).ok()?;
        let each = months.first()?.1;
        let parts = Explanation::leaf("Equal parts, month by month or week by week", f64::from(parts), "parts", Rule::Ledger);
        let each = Explanation::leaf("Days of each part", each, "days", Rule::Ledger);
        let value = parts.value * each.value;
        let name = line_in_words(&self.examined.programme, item.lineage);
        let formula = "(fixed + per user x users) / parts x parts that fall into months that count";
        let found = Explanation::of(name, value, "days", Rule::Product, vec![parts, each]).by(formula, "section 6");
        Some(found.resting_on(self.ids(&item.uses)))
    }

    fn hours(&self, option: usize, of: impl Fn(&ItemOfWork) -> f64) -> Vec<Explanation> {
        let one = |item: &ItemOfWork| {
            let name = line_in_words(&self.examined.programme, item.lineage);
            (of(item) != 0.0).then(|| {
                Explanation::leaf(name, of(item), "hours", Rule::Ledger)
                    .resting_on(self.ids(&item.uses))
                    .by("as above, for one move", "section 6")
            })
        };
        self.work[option].iter().filter_map(one).collect()
    }
}
