//! A program as text that other solvers read.

use super::{Program, Relation, Variable};
use std::fmt::Write as _;

impl Program {
    /// In the LP format of CPLEX, which CBC, SCIP, GLPK, HiGHS and others read. Variables and constraints have the names
    /// given, in their order.
    #[must_use]
    pub fn as_lp(&self, objective: &[(Variable, f64)], constant: f64, names: (&[String], &[String])) -> String {
        let (columns, rows) = names;
        let mut text = String::from("\\ least\nMinimize\n obj:");
        terms(&mut text, objective, columns);
        // A constant is a variable that is 1.
        let _ = write!(text, " {} one", signed(constant));
        text.push_str("\nSubject To\n");
        for (row, name) in self.rows.iter().zip(rows) {
            let _ = write!(text, " {name}:");
            terms(&mut text, &row.terms, columns);
            let relation = match row.relation {
                Relation::AtMost => "<=",
                Relation::AtLeast => ">=",
                Relation::Exactly => "=",
            };
            let _ = writeln!(text, " {relation} {:?}", row.bound);
        }
        text.push_str("Bounds\n one = 1\n");
        for ((least, most), name) in self.bounds.iter().zip(columns) {
            let _ = writeln!(text, " {} <= {name} <= {}", bound(*least), bound(*most));
        }
        if !self.whole.is_empty() {
            text.push_str("General\n");
            self.whole.iter().for_each(|i| {
                let _ = writeln!(text, " {}", columns[*i]);
            });
        }
        text.push_str("End\n");
        text
    }
}

/// Terms with a line of their own every few, since readers have a longest line.
fn terms(text: &mut String, terms: &[(Variable, f64)], columns: &[String]) {
    if terms.is_empty() {
        text.push_str(" 0 one");
    }
    for (i, (variable, factor)) in terms.iter().enumerate() {
        if i > 0 && i % 6 == 0 {
            text.push_str("\n  ");
        }
        let _ = write!(text, " {} {}", signed(*factor), columns[variable.0]);
    }
}

fn signed(number: f64) -> String {
    if number < 0.0 { format!("- {:?}", -number) } else { format!("+ {number:?}") }
}

fn bound(number: f64) -> String {
    if number == f64::INFINITY {
        "+inf".to_owned()
    } else if number == f64::NEG_INFINITY {
        "-inf".to_owned()
    } else {
        format!("{number:?}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_written_line_by_line() {
        let mut program = Program::new();
        let (x, y) = (program.binary(), program.variable(0.0, f64::INFINITY));
        program.constrain(vec![(x, 2.0), (y, -1.5)], Relation::AtLeast, 0.5);
        let names = (vec!["x".to_owned(), "y".to_owned()], vec!["need".to_owned()]);
        let text = program.as_lp(&[(x, 3.0), (y, 1.0)], 10.0, (&names.0, &names.1));
        let expected = "\\ least\nMinimize\n obj: + 3.0 x + 1.0 y + 10.0 one\nSubject To\n need: + 2.0 x - 1.5 y >= 0.5\n\
                        Bounds\n one = 1\n 0.0 <= x <= 1.0\n 0.0 <= y <= +inf\nGeneral\n x\nEnd\n";
        assert_eq!(text, expected);
    }
}
