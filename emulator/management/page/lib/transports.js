// How devices that are shown are connected just now.

import { manage } from './api.js';
import { useLive } from './live.js';

const maxAddress = 6000; // of the 8 KiB that a request's first line may have

// The ids as parameters, in as few groups as fit into an address each.
function groupsOf(deviceIds) {
    const groups = [];
    for (const id of deviceIds) {
        const parameter = `&device=${encodeURIComponent(id)}`;
        if (groups.length === 0 || groups.at(-1).length + parameter.length > maxAddress) {
            groups.push('');
        }
        groups[groups.length - 1] += parameter;
    }
    return groups;
}

// A map from device ids (at most 100) to "mqtt", "amqp-ws" and so on, asked for every `interval` ms.
export function useTransports(deviceIds, interval) {
    const { value } = useLive(async () => {
        const answers = await Promise.all(groupsOf(deviceIds).map((group) =>
            manage(`/api/connections?module=${group}`)));
        return new Map(answers.flatMap(({ connections }) => connections)
            .filter((c) => c.connected).map((c) => [c.deviceId, c.transport]));
    }, interval, [deviceIds.join('\n')]);
    return value ?? new Map();
}
