// What all pages do beyond HTML. Everything works without it; it makes things quicker.
import { startForms } from "./forms.js";
import { startKeys } from "./keys.js";
import { startMenus } from "./menus.js";
import { startParts } from "./parts.js";
import { startTheme } from "./theme.js";

startTheme();
startMenus();
startKeys();
startParts();
startForms();
