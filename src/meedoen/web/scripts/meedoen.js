/* All scripts of the site in one file. Every page works without them; they make it quicker. */
import { keepDrafts } from "./draft.js";
import { showPreviews } from "./preview.js";
import { followProgress } from "./progress.js";
import { askInTurn } from "./questions.js";

keepDrafts();
askInTurn();
followProgress();
showPreviews();
