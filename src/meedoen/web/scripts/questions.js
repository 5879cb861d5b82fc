/* Shows the questions of the ladder one after the other.

   A question with `data-asked-after` makes sense after certain answers to others; until then it is
   hidden, and its answer is "not asked". Without the script all questions stand there, each with
   a line that says when to skip it. */

export function askInTurn() {
  const questions = [...document.querySelectorAll("[data-asked-after]")];
  if (questions.length) {
    const form = questions[0].closest("form");
    form.addEventListener("change", () => turn(form, questions));
    turn(form, questions);
  }
}

function turn(form, questions) {
  for (const question of questions) {
    const before = Object.entries(JSON.parse(question.dataset.askedAfter));
    const asked = before.every(([name, answer]) => form.elements[name].value === answer);
    const wrong = question.classList.contains("utrecht-form-field--invalid");
    question.hidden = !asked && !wrong;
    if (question.hidden) question.querySelector("input[value='']").checked = true;
  }
}
