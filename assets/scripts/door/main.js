// At the door, on a device that may lose its network.
import { Desk } from "./desk.js";
import { Kept } from "./kept.js";

const root = document.getElementById("door");
if (root && Kept.works()) new Desk(root).open();
