//! Counts the steps of loops whose length others decide, so that a test can hold each message's work under a bound. Outside of
//! tests nothing is counted.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// So many steps were taken.
#[inline]
pub fn count(steps: usize) {
    #[cfg(test)]
    STEPS.set(STEPS.get() + steps);
    #[cfg(not(test))]
    let _ = steps;
}

/// The steps of this thread since the last call.
#[cfg(test)]
pub fn taken() -> usize {
    STEPS.replace(0)
}
