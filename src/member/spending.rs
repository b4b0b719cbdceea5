//! What a person lets the line cost, as the plan for it.

use crate::adapt::PlanChoice;
use crate::session::Spending;

/// The plan for it.
pub(super) fn plan(of: Spending) -> PlanChoice {
    match of {
        Spending::Auto => PlanChoice::Auto,
        Spending::Thin => PlanChoice::Thin,
        Spending::Full => PlanChoice::Full,
    }
}

/// What a plan stands for.
pub(super) fn of(plan: PlanChoice) -> Spending {
    match plan {
        PlanChoice::Auto => Spending::Auto,
        PlanChoice::Thin => Spending::Thin,
        PlanChoice::Full => Spending::Full,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapt::{Plan, PlanSelector, Redundancy};

    #[test]
    fn an_hour_costs_what_people_are_told() {
        for spending in Spending::ALL {
            let (clean, most) = spending.megabytes_an_hour();
            let megabytes = |kbps: f64| kbps * 3600.0 / 8000.0;
            let of = |copies| {
                let repeats = if copies == 0 { Redundancy::NONE } else { Redundancy { copies, distance: 1 } };
                megabytes(PlanSelector::new(plan(spending)).plan(repeats).kbps(repeats))
            };
            assert!((of(0) - f64::from(clean)).abs() <= 1.0, "{spending:?}: {}", of(0));
            let all = of(0).max(of(1)).max(of(2));
            assert!(all <= f64::from(most) + 0.5 && all > f64::from(most) * 0.8, "{spending:?}: {all}");
            assert_eq!(super::of(plan(spending)), spending);
            assert_eq!(Plan::from(plan(spending)), PlanSelector::new(plan(spending)).plan(Redundancy::NONE));
        }
    }
}
