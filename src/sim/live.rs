//! Looking into a world, and acting in it, between the steps of its script.

use std::time::Duration;

use super::network::{Carried, Way};
use super::script::Step;
use super::world::World;
use crate::adapt::PlanChoice;
use crate::ids::{Epoch, Time};
use crate::member::Spoken;
use crate::session::{Event, Intent, Phase};

impl World {
    /// The number of a member's keys, while it is in.
    pub fn epoch(&self, member: usize) -> Option<Epoch> {
        let member = self.machines.get(member)?.member.as_ref()?;
        member.epoch().map(|(epoch, _)| epoch)
    }

    /// When a member's line was cut, as it saw it, and when it was back.
    pub fn breaks(&self, member: usize) -> &[(Time, Option<Time>)] {
        self.machines.get(member).map_or(&[], |machine| &machine.breaks)
    }

    /// Whether a member's session has come to its end.
    pub fn is_over(&self, member: usize) -> bool {
        let member = self.machines.get(member).and_then(|machine| machine.member.as_ref());
        member.is_some_and(|member| matches!(member.room().phase, Phase::Over(_)))
    }

    /// Everything that happened, in numbers: equal for equal seeds.
    pub fn trace(&self) -> (u64, u64, usize) {
        (self.events, self.queue.added(), self.witness.entries())
    }

    /// What time it is.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Something happens now.
    pub fn take_step(&mut self, step: Step) {
        self.step(step);
    }

    /// How a member talks at most, once its program starts.
    pub fn choose(&mut self, member: usize, plan: PlanChoice) {
        if let Some(machine) = self.machines.get_mut(member) {
            machine.choice = plan;
        }
    }

    /// A member wants something, now; nothing becomes of it if its program doesn't run.
    pub fn want(&mut self, member: usize, intent: Intent) {
        self.with(member, |member, now| member.handle_intent(intent, now));
    }

    /// A member who talks has this packet of its own voice ready now.
    pub fn say(&mut self, member: usize, spoken: Spoken) {
        self.with(member, |member, now| member.handle_spoken(spoken, now));
    }

    /// Time passes, and whatever is due happens.
    pub fn pass(&mut self, span: Duration) {
        self.until(self.now + span);
    }

    /// What each member has been told since this was last asked, in order: from the first time on that it's asked.
    pub fn told_since(&mut self) -> Vec<(usize, Event)> {
        self.record.replace(Vec::new()).unwrap_or_default()
    }

    /// What was sent over a member's control stream, headers included: messages soon after each other share packets, as
    /// [`crate::transport`] has it.
    pub fn streamed(&self, member: usize, way: Way) -> Carried {
        self.machines.get(member).map_or_else(Carried::default, |machine| machine.streamed[way as usize])
    }

    /// Lets everything settle on good lines, and says what is wrong.
    ///
    /// # Errors
    /// The first contradiction that was found.
    pub fn settle(&mut self) -> Result<(), String> {
        self.mend();
        self.verdict()
    }

    /// From now on control messages wait for each other on lines that carry `kbps` kilobits a second each way.
    pub fn narrow(&mut self, kbps: f64) {
        self.narrow = Some(kbps);
    }
}
