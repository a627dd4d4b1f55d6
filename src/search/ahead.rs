//! Memory that is asked for before it is needed. What a question touches lies all over the model and the forms: who
//! asks for one piece only when the one before is worked on waits for memory each time, and that is most of what ranking
//! costs. Several pieces asked for at once come together.

/// Bytes that memory gives at a time.
const LINE: usize = 64;

/// Asks for all of `lists`: of each line one item is read, of which `part` is any part.
#[inline(always)]
pub(super) fn ask_for<'a, T: 'a>(lists: impl Iterator<Item = &'a [T]>, part: impl Fn(&T) -> u8) {
    let lines = lists.flat_map(|list| list.iter().step_by((LINE / size_of::<T>()).max(1)));
    // Nobody needs the sum, but without it nothing would be read.
    std::hint::black_box(lines.fold(0, |sum, item| sum ^ part(item)));
}
