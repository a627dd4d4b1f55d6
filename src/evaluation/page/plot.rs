//! Confidence against truth: a picture, and the same numbers as a table.

use super::markup::{Markup, element, said, table, text};
use crate::evaluation::calibration::{Bin, Calibration};

/// Side of the plot, and room for its labels.
const SIDE: f64 = 320.0;
const MARGIN: f64 = 44.0;

/// The plot and the table of a calibration; a sentence where no answer was given.
#[must_use]
pub fn calibration(title: &str, calibration: &Calibration) -> Markup {
    let Some(error) = calibration.error() else {
        return said("p", format!("{title}: no answer was given."));
    };
    let answers = calibration.answers();
    let summary = format!("{title}: expected calibration error {error:.3} over {answers} answers.");
    let figure = element("figure", &[], [picture(&summary, calibration), said("figcaption", &summary)]);
    [figure, numbers(title, calibration)].into_iter().collect()
}

fn numbers(title: &str, calibration: &Calibration) -> Markup {
    let rows = calibration.bins.iter().enumerate().filter(|(_, bin)| bin.answers > 0).map(|(at, bin)| {
        let share =
            |share: Option<f64>| text(share.map_or_else(|| "–".to_owned(), |share| format!("{share:.2}")));
        let range = format!("{:.1}–{:.1}", at as f64 / 10.0, (at + 1) as f64 / 10.0);
        vec![text(range), text(bin.answers), share(bin.confidence()), share(bin.accuracy())]
    });
    table(title, &["confidence", "answers", "mean", "right"], rows)
}

fn x(share: f64) -> f64 {
    MARGIN + share * SIDE
}

fn y(share: f64) -> f64 {
    8.0 + (1.0 - share) * SIDE
}

fn line(class: &str, [x1, y1, x2, y2]: [f64; 4]) -> Markup {
    let place = |value: f64| format!("{value:.1}");
    let (x1, y1, x2, y2) = (place(x1), place(y1), place(x2), place(y2));
    element("line", &[("class", class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)], [])
}

fn label(at: [f64; 2], anchor: &str, what: &str) -> Markup {
    let [x, y] = at.map(|place| format!("{place:.1}"));
    element("text", &[("x", &x), ("y", &y), ("text-anchor", anchor)], [text(what)])
}

fn picture(summary: &str, calibration: &Calibration) -> Markup {
    let (width, height) = (MARGIN + SIDE + 12.0, SIDE + 48.0);
    let view = format!("0 0 {width:.0} {height:.0}");
    let mut inside = Markup::default();
    for step in 0..=5 {
        let share = f64::from(step) / 5.0;
        inside.push(line("axis", [x(0.0), y(share), x(1.0), y(share)]));
        inside.push(label([x(0.0) - 8.0, y(share) + 4.0], "end", &format!("{share:.1}")));
        inside.push(label([x(share), y(0.0) + 18.0], "middle", &format!("{share:.1}")));
    }
    inside.push(line("ideal", [x(0.0), y(0.0), x(1.0), y(1.0)]));
    let most = calibration.bins.iter().map(|bin| bin.answers).max().unwrap_or(1).max(1);
    calibration.bins.iter().filter_map(|bin| dot(bin, most)).for_each(|dot| inside.push(dot));
    inside.push(label(
        [x(0.5), y(0.0) + 36.0],
        "middle",
        "confidence (across), share right (up), size by answers",
    ));
    let attributes = [
        ("viewBox", view.as_str()),
        ("width", "460"),
        ("role", "img"),
        ("aria-label", summary),
        ("dir", "ltr"),
    ];
    element("svg", &attributes, [inside])
}

/// A bin's dot, whose area tells how many answers it holds, and how far it is from the truth.
fn dot(bin: &Bin, most: usize) -> Option<Markup> {
    let (confidence, accuracy) = bin.confidence().zip(bin.accuracy())?;
    let radius = 3.0 + 9.0 * (bin.answers as f64 / most as f64).sqrt();
    let [cx, cy, r] = [x(confidence), y(accuracy), radius].map(|place| format!("{place:.1}"));
    let said = format!("{} answers, confidence {confidence:.2}, right {accuracy:.2}", bin.answers);
    let off = line("off", [x(confidence), y(confidence), x(confidence), y(accuracy)]);
    let circle = [("class", "dot"), ("cx", cx.as_str()), ("cy", cy.as_str()), ("r", r.as_str())];
    Some([off, element("circle", &circle, [super::markup::said("title", said)])].into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_for_every_bin_that_holds_answers() {
        let found = calibration("given", &Calibration::new([(0.95, true), (0.93, true), (0.35, false)]))
            .into_string();
        assert_eq!(found.matches("<circle").count(), 2);
        assert!(found.contains("2 answers, confidence 0.94, right 1.00"), "{found}");
        assert!(found.contains("expected calibration error 0.157 over 3 answers"), "{found}");
        assert!(
            found.contains("<th scope=\"row\">0.3–0.4</th><td>1</td><td>0.35</td><td>0.00</td>"),
            "{found}"
        );
    }

    #[test]
    fn no_answers() {
        assert_eq!(
            calibration("given", &Calibration::new([])).into_string(),
            "<p>given: no answer was given.</p>"
        );
    }
}
